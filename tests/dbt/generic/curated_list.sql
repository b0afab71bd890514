{#
    A list that people keep by hand: no value is missing (but for the columns in `optional`), the
    key identifies a row, codes are from their sets, references have their counterpart. One query
    for a whole list, since a refresh asks it each time; every failing row tells the rule it broke.
#}
{% test curated_list(model, key, optional=[], codes={}, references={}) %}
{%- set columns = adapter.get_columns_in_relation(model) | map(attribute='name') | list %}
{%- for column in columns if column not in optional %}
select 'a value is missing in {{ column }}' as rule, {{ key | join(', ') }}
from {{ model }}
where {{ column }} is null
union all
{%- endfor %}
{%- for column, values in codes.items() %}
select 'an unknown code in {{ column }}' as rule, {{ key | join(', ') }}
from {{ model }}
where {{ column }} not in ('{{ values | join("', '") }}')
union all
{%- endfor %}
{%- for column, other in references.items() %}
select '{{ column }} has no counterpart' as rule, {{ key | join(', ') }}
from {{ model }}
where {{ column }} not in (select {{ other.field }} from {{ other.to }})
union all
{%- endfor %}
select 'the key repeats' as rule, {{ key | join(', ') }}
from {{ model }}
group by {{ key | join(', ') }}
having count(*) > 1
{% endtest %}
