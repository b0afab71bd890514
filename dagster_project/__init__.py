"""The warehouse as Dagster sees it: thin, for the work is done by `stadsdel` and by dbt."""
