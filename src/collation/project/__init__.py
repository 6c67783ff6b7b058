"""What is set and where things lie: configuration, work place, cache, baseline, a look at the installation."""
