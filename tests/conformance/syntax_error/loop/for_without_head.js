for {}
