-- Every table as a new store has it. No keys, constraints but NOT NULL, sequences or indexes: DuckLake has none of them.
-- A column that is added later comes last in its table, may be null, and stands in sql/migrations too, for stores that are there.
-- A row holds at version v when from_version <= v and (until_version is null or v < until_version).
CREATE TABLE IF NOT EXISTS workspace (format INTEGER NOT NULL, start VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS current_version (version INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS data_version (
    version INTEGER NOT NULL,
    made_at TIMESTAMP NOT NULL,
    as_of DATE NOT NULL,
    made_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    catalogue_digest VARCHAR NOT NULL,
    program_version VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS area (
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    parent VARCHAR,
    comparator_only BOOLEAN NOT NULL,
    rates_given BOOLEAN NOT NULL,
    from_version INTEGER NOT NULL,
    until_version INTEGER
);

CREATE TABLE IF NOT EXISTS population (
    area_code VARCHAR NOT NULL,
    mid_year INTEGER NOT NULL,
    population BIGINT NOT NULL,
    source VARCHAR NOT NULL,
    from_version INTEGER NOT NULL,
    until_version INTEGER
);

CREATE TABLE IF NOT EXISTS indicator (
    key VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    multiplier DOUBLE NOT NULL,
    unit VARCHAR NOT NULL,
    polarity VARCHAR NOT NULL,
    period_type VARCHAR NOT NULL,
    resident_population BOOLEAN NOT NULL,
    counts_add_up BOOLEAN NOT NULL,
    commitments VARCHAR[] NOT NULL,
    definition VARCHAR NOT NULL,
    from_version INTEGER NOT NULL,
    until_version INTEGER
);

-- `original` is kept compressed, and `size` is that of the file as it was sent; null in a row of the first release, which kept
-- it as it was. `sent_email` is the address of who sent it, to know the person again; null where nobody was signed in, and in
-- earlier releases.
CREATE TABLE IF NOT EXISTS submission (
    id UUID NOT NULL,
    template VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    original BLOB NOT NULL,
    findings VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    edition VARCHAR NOT NULL,
    invented BOOLEAN NOT NULL,
    sent_by VARCHAR NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    rows_new INTEGER NOT NULL,
    rows_changed INTEGER NOT NULL,
    rows_unchanged INTEGER NOT NULL,
    size BIGINT,
    sent_email VARCHAR
);

-- How a submission ended: withdrawn, or superseded by its successor. One row at most; one without a row stands.
CREATE TABLE IF NOT EXISTS submission_end (
    submission UUID NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    ended_by VARCHAR NOT NULL,
    ended_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    successor UUID
);

-- Every area that a submission speaks of, also where it only repeats what was stored.
CREATE TABLE IF NOT EXISTS submission_area (submission UUID NOT NULL, area_code VARCHAR NOT NULL);

-- A row of a submission that said what a row of another, stored before, said already: it has no fact of its own.
CREATE TABLE IF NOT EXISTS restatement (
    submission UUID NOT NULL,
    submission_row INTEGER NOT NULL,
    of_submission UUID NOT NULL,
    of_row INTEGER NOT NULL
);

-- What an administrator erased, one row for each place; rows of one act share its identifier. No text: a salted digest.
-- A text that people wrote on a page stands in no file: its submission is the nil identifier, its column `table.column`.
CREATE TABLE IF NOT EXISTS erasure (
    id UUID NOT NULL,
    kind VARCHAR NOT NULL,
    submission UUID NOT NULL,
    submission_row INTEGER,
    column_name VARCHAR NOT NULL,
    salt VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    erased_by VARCHAR NOT NULL,
    erased_at TIMESTAMP NOT NULL,
    reason VARCHAR NOT NULL
);

-- Has a row while the file still holds freed space to be written anew at the next start.
CREATE TABLE IF NOT EXISTS rewrite_due (asked_at TIMESTAMP NOT NULL);

CREATE TABLE IF NOT EXISTS observation (
    indicator VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    breakdown_type VARCHAR NOT NULL,
    breakdown VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    numerator DOUBLE,
    denominator DOUBLE,
    value DOUBLE,
    lower DOUBLE,
    upper DOUBLE,
    note VARCHAR,
    comment VARCHAR,
    submission UUID NOT NULL,
    submission_row INTEGER NOT NULL,
    from_version INTEGER NOT NULL,
    until_version INTEGER
);

CREATE TABLE IF NOT EXISTS insight (
    commitment VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    perspective VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    source_reference VARCHAR NOT NULL,
    sector VARCHAR,
    participants INTEGER,
    grade INTEGER,
    direction VARCHAR,
    summary VARCHAR NOT NULL,
    quote VARCHAR,
    consent_to_publish BOOLEAN NOT NULL,
    visibility VARCHAR NOT NULL,
    barriers VARCHAR,
    enablers VARCHAR,
    not_heard VARCHAR,
    submission UUID NOT NULL,
    submission_row INTEGER NOT NULL,
    from_version INTEGER NOT NULL,
    until_version INTEGER
);

CREATE TABLE IF NOT EXISTS target (
    indicator VARCHAR NOT NULL,
    area_code VARCHAR,
    value DOUBLE NOT NULL,
    due DATE NOT NULL,
    agreed_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    invented BOOLEAN NOT NULL,
    from_version INTEGER NOT NULL,
    until_version INTEGER,
    set_by VARCHAR,
    ended_by VARCHAR,
    end_reason VARCHAR
);

-- That a proposed indicator was agreed as a shared measure, and by whom; from then on it counts as agreed.
CREATE TABLE IF NOT EXISTS agreement (
    indicator VARCHAR NOT NULL,
    agreed_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    invented BOOLEAN NOT NULL,
    set_by VARCHAR NOT NULL,
    ended_by VARCHAR,
    end_reason VARCHAR,
    from_version INTEGER NOT NULL,
    until_version INTEGER
);

-- What people write at a review has a history of its own and raises no data version. Each saving is a row: the newest row
-- of a thing counts, earlier ones are its history. `at_version` is the newest data version on that day; a database of the
-- first release has rows without it, which were written with their review.
CREATE TABLE IF NOT EXISTS review (
    id UUID NOT NULL,
    area_code VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    held_on DATE NOT NULL,
    state VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    as_of DATE NOT NULL,
    invented BOOLEAN NOT NULL,
    recorded_by VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    at_version INTEGER,
    ended_by VARCHAR,
    ended_at TIMESTAMP,
    end_reason VARCHAR,
    ended_version INTEGER
);

CREATE TABLE IF NOT EXISTS judgement (
    review UUID NOT NULL,
    commitment VARCHAR NOT NULL,
    grade VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    confidence VARCHAR NOT NULL,
    dissent VARCHAR,
    made_by VARCHAR,
    made_at TIMESTAMP,
    at_version INTEGER
);

CREATE TABLE IF NOT EXISTS action (
    id UUID NOT NULL,
    review UUID NOT NULL,
    commitment VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    due DATE NOT NULL,
    state VARCHAR NOT NULL,
    evidence VARCHAR,
    outcome VARCHAR,
    invented BOOLEAN NOT NULL,
    change_reason VARCHAR,
    made_by VARCHAR,
    made_at TIMESTAMP,
    at_version INTEGER
);

-- What an area answers before its review closes. A commitment is left blank where the answer is to the whole review.
CREATE TABLE IF NOT EXISTS reply (
    review UUID NOT NULL,
    area_code VARCHAR NOT NULL,
    commitment VARCHAR NOT NULL,
    reply VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    at_version INTEGER
);

-- The rows that a review showed when it was closed: what it looked at stays readable, whatever is erased or worked out anew.
CREATE TABLE IF NOT EXISTS review_picture (
    review UUID NOT NULL,
    commitment VARCHAR NOT NULL,
    improved INTEGER NOT NULL,
    worsened INTEGER NOT NULL,
    no_clear_change INTEGER NOT NULL,
    not_calculable INTEGER NOT NULL,
    not_judged INTEGER NOT NULL,
    pairs INTEGER NOT NULL,
    well INTEGER NOT NULL,
    middling INTEGER NOT NULL,
    badly INTEGER NOT NULL,
    not_asked INTEGER NOT NULL,
    numbers VARCHAR NOT NULL,
    voices VARCHAR NOT NULL,
    provider_voices VARCHAR NOT NULL,
    user_voices VARCHAR NOT NULL,
    fit VARCHAR NOT NULL,
    silent_side VARCHAR,
    evidence BOOLEAN NOT NULL
);

CREATE TABLE IF NOT EXISTS review_agenda (
    review UUID NOT NULL,
    place INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    commitment VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL,
    listed BOOLEAN NOT NULL
);

-- What was changed because of evidence, and what came of it: `kind` is target, indicator, practice or policy.
CREATE TABLE IF NOT EXISTS adaptation (
    id UUID NOT NULL,
    commitment VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    review UUID,
    description VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    effect VARCHAR,
    changed_on DATE NOT NULL,
    state VARCHAR NOT NULL,
    change_reason VARCHAR NOT NULL,
    invented BOOLEAN NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    at_version INTEGER NOT NULL
);

-- Said of one of the seven tests of the evaluation commitment: that it does not apply, or that no action is needed.
CREATE TABLE IF NOT EXISTS ruling (
    area_code VARCHAR NOT NULL,
    commitment VARCHAR NOT NULL,
    test VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    ruled_on DATE NOT NULL,
    state VARCHAR NOT NULL,
    invented BOOLEAN NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    at_version INTEGER NOT NULL
);

-- What an area tried and tells others about; what published papers report is in the catalogue's practice.toml.
CREATE TABLE IF NOT EXISTS practice (
    id UUID NOT NULL,
    area_code VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    topics VARCHAR[] NOT NULL,
    themes VARCHAR[] NOT NULL,
    commitments VARCHAR[] NOT NULL,
    started_on DATE,
    partners VARCHAR NOT NULL,
    done VARCHAR NOT NULL,
    reported VARCHAR NOT NULL,
    measured VARCHAR NOT NULL,
    strength VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    change_reason VARCHAR NOT NULL,
    invented BOOLEAN NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    at_version INTEGER NOT NULL
);

-- Where a person had a control chart start a new calculation, and why. It changes no figure, so it raises no data version:
-- it has its own history, and `version` and `ended_version` are the newest ones on that day.
CREATE TABLE IF NOT EXISTS rebase (
    id UUID NOT NULL,
    indicator VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period_end DATE NOT NULL,
    reason VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    ended_by VARCHAR,
    ended_at TIMESTAMP,
    end_reason VARCHAR,
    ended_version INTEGER
);

-- The chain of the audit trail (data/chain.py): each line has a number, the digests of its name and its subject, each with a
-- salt that goes when that is erased, and a SHA-256 over them and over the line before it.
CREATE TABLE IF NOT EXISTS audit (
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    deed VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    from_version INTEGER NOT NULL,
    to_version INTEGER NOT NULL,
    number INTEGER,
    salt VARCHAR,
    name_digest VARCHAR,
    subject_salt VARCHAR,
    subject_digest VARCHAR,
    chain VARCHAR
);

-- Secrets with which programs ask for data and send files, one row for each saving; the newest row of a token counts.
-- `kind` is area or administrator (no area then). Of the secret only its SHA-256 is kept.
CREATE TABLE IF NOT EXISTS token (
    id UUID NOT NULL,
    kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    ends_on DATE NOT NULL,
    state VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);

-- A day on which a token was used: at most one row a day for each process that it spoke to.
CREATE TABLE IF NOT EXISTS token_use (token UUID NOT NULL, used_on DATE NOT NULL);

-- What role a person, known by the e-mail address in small letters, or everybody in a group of the sign-in provider has. Each
-- saving is a row and the newest of a name counts; `areas` are reported for, or are the scopes of a steering group.
CREATE TABLE IF NOT EXISTS role_given (
    kind VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    areas VARCHAR[] NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    invented BOOLEAN NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);

-- Where the audit trail ends: how many lines it has, and the chain value of the last. One row, changed with every line.
CREATE TABLE IF NOT EXISTS audit_head (lines INTEGER NOT NULL, chain VARCHAR NOT NULL);

-- Whether a file for an area waits for another person before it counts, one row for each saving; the newest of an area
-- counts. What is set for a region or for England counts for every area in it.
CREATE TABLE IF NOT EXISTS approval_setting (
    area_code VARCHAR NOT NULL,
    needed BOOLEAN NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);

-- A file that was sent and waits for another person; it is no submission yet, and becomes one under the same identifier.
-- `mapping` is how a file of another layout is read, as JSON. Once it has ended, its bytes, hash and mapping are gone.
CREATE TABLE IF NOT EXISTS waiting (
    id UUID NOT NULL,
    template VARCHAR NOT NULL,
    mapping VARCHAR NOT NULL,
    corrects UUID,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    original BLOB NOT NULL,
    size BIGINT NOT NULL,
    areas VARCHAR[] NOT NULL,
    facts INTEGER NOT NULL,
    origin VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    edition VARCHAR NOT NULL,
    invented BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    sent_by VARCHAR NOT NULL,
    sent_email VARCHAR NOT NULL,
    sent_at TIMESTAMP NOT NULL
);

-- How waiting ended: approved (then as which data version), refused or taken back. One row at most.
CREATE TABLE IF NOT EXISTS waiting_end (
    waiting UUID NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    ended_by VARCHAR NOT NULL,
    ended_at TIMESTAMP NOT NULL,
    version INTEGER
);

-- That a second person agreed to a text being public, or refused it. It names a row of a file and holds for every row that
-- says the very same. Each saving is a row, and the newest counts.
CREATE TABLE IF NOT EXISTS public_check (
    submission UUID NOT NULL,
    submission_row INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    invented BOOLEAN NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);
