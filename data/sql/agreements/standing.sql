SELECT indicator, from_version FROM agreement WHERE indicator = $indicator AND until_version IS NULL
