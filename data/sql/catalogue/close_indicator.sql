UPDATE indicator SET until_version = $version WHERE until_version IS NULL
