{{ theme_report('ekonomiskt_bistand') }}
