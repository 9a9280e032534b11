UPDATE workspace SET format = $format
