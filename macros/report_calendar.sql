{# The report calendar: what each type of report tells about, and when. #}

{#- The day a report's figures stand for: a plan before the year starts, the others its end. -#}
{% macro report_as_of(year, report_type) -%}
    make_date(
        {{ year }},
        case {{ report_type }} when 't1' then 4 when 't2' then 8 when 'vb' then 12 else 1 end,
        case {{ report_type }} when 't1' then 30 when 't2' then 31 when 'vb' then 31 else 1 end
    )
{%- endmacro %}
