{#
    Every column of the model or seed has a value in every row, but for those named in `except`.
    One query for a whole table: a curated list has no defaults, so a blank is a mistake.
#}
{% test filled(model, except=[]) %}
{%- set columns = adapter.get_columns_in_relation(model) %}
select *
from {{ model }}
where
    {%- for column in columns if column.name not in except %}
    {{ 'or ' if not loop.first }}{{ adapter.quote(column.name) }} is null
    {%- endfor %}
{% endtest %}
