-- Every table of the store. No keys, constraints but NOT NULL, sequences or indexes: DuckLake has none of them.
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
    rows_unchanged INTEGER NOT NULL
);

-- The size of the file as it was sent, which is kept compressed. Null in a row of the first release, which kept it as it was.
ALTER TABLE submission ADD COLUMN IF NOT EXISTS size BIGINT;

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
    until_version INTEGER
);

ALTER TABLE target ADD COLUMN IF NOT EXISTS set_by VARCHAR;
ALTER TABLE target ADD COLUMN IF NOT EXISTS ended_by VARCHAR;
ALTER TABLE target ADD COLUMN IF NOT EXISTS end_reason VARCHAR;

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
    recorded_at TIMESTAMP NOT NULL
);

-- What people write at a review has a history of its own and raises no data version. Each saving is a row: the newest row
-- of a thing counts, earlier ones are its history. `at_version` is the newest data version on that day; a database of the
-- first release has rows without it, which were written with their review.
ALTER TABLE review ADD COLUMN IF NOT EXISTS at_version INTEGER;
ALTER TABLE review ADD COLUMN IF NOT EXISTS ended_by VARCHAR;
ALTER TABLE review ADD COLUMN IF NOT EXISTS ended_at TIMESTAMP;
ALTER TABLE review ADD COLUMN IF NOT EXISTS end_reason VARCHAR;
ALTER TABLE review ADD COLUMN IF NOT EXISTS ended_version INTEGER;

CREATE TABLE IF NOT EXISTS judgement (
    review UUID NOT NULL,
    commitment VARCHAR NOT NULL,
    grade VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    confidence VARCHAR NOT NULL,
    dissent VARCHAR
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
    invented BOOLEAN NOT NULL
);

ALTER TABLE judgement ADD COLUMN IF NOT EXISTS made_by VARCHAR;
ALTER TABLE judgement ADD COLUMN IF NOT EXISTS made_at TIMESTAMP;
ALTER TABLE judgement ADD COLUMN IF NOT EXISTS at_version INTEGER;
ALTER TABLE action ADD COLUMN IF NOT EXISTS change_reason VARCHAR;
ALTER TABLE action ADD COLUMN IF NOT EXISTS made_by VARCHAR;
ALTER TABLE action ADD COLUMN IF NOT EXISTS made_at TIMESTAMP;
ALTER TABLE action ADD COLUMN IF NOT EXISTS at_version INTEGER;

-- What an area answers before its review closes. A commitment is left blank where the answer is to the whole review.
CREATE TABLE IF NOT EXISTS reply (
    review UUID NOT NULL,
    area_code VARCHAR NOT NULL,
    commitment VARCHAR NOT NULL,
    reply VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL
);

ALTER TABLE reply ADD COLUMN IF NOT EXISTS at_version INTEGER;

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

CREATE TABLE IF NOT EXISTS audit (
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    deed VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    from_version INTEGER NOT NULL,
    to_version INTEGER NOT NULL
);
