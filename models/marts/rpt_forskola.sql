{{ theme_report('forskola') }}
