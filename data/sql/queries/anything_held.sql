-- Whether a version holds anything at all, to tell an empty workspace; the first row that is met settles it.
SELECT EXISTS (FROM observation WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version))
    OR EXISTS (FROM insight WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version))
    AS anything
