SELECT as_of FROM data_version WHERE version = $version
