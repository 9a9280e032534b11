UPDATE population SET until_version = $version WHERE until_version IS NULL
