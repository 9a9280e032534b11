-- The evidence of an ended submission holds no longer from this version on.
UPDATE insight SET until_version = $version WHERE submission = $submission::UUID AND until_version IS NULL
