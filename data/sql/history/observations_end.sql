-- The facts of an ended submission hold no longer from this version on.
UPDATE observation SET until_version = $version WHERE submission = $submission::UUID AND until_version IS NULL
