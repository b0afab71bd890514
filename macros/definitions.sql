{#
    The arithmetic of targets and changes, each rule in one place.

    Belongs here: rules that more than one model applies, or that a reader looks up by name.
    Does not belong here: how a cell is read (printed_cells.sql).
#}

{#- +1 where higher is better, -1 where lower is, null where neither is. -#}
{% macro polarity_sign(polarity) -%}
    case {{ polarity }} when 'higher' then 1 when 'lower' then -1 end
{%- endmacro %}

{#- One unit of the last printed decimal: 10^-decimals. -#}
{% macro last_digit(decimals) -%}
    cast(pow(10, -{{ decimals }}) as decimal(18, 6))
{%- endmacro %}

{#-
    Two printed figures may differ by this much and still be the same before rounding:
    (r_t + r_(t-1)) / 2.
-#}
{% macro rounding_slack(decimals, other_decimals) -%}
    ({{ last_digit(decimals) }} + {{ last_digit(other_decimals) }}) / 2
{%- endmacro %}

{#-
    How far from a target an outcome still counts as near: 5 per cent of the target, for shares
    and indices at most one point, and never less than the last printed digit. A choice of this
    project; its numbers are the variables near_relative and near_points.
-#}
{% macro near_band(target, decimals, scale) -%}
    greatest(
        {{ last_digit(decimals) }},
        case
            when {{ scale }} in ('share', 'index')
                then least({{ var('near_points') }}, {{ var('near_relative') }} * abs({{ target }}))
            else {{ var('near_relative') }} * abs({{ target }})
        end
    )
{%- endmacro %}

{#-
    Whether a number meets a target of a kind that numbers can meet; null for the others. `better`
    is +1 or -1 for a value, by the indicator's polarity.
-#}
{% macro meets_target(number, target_type, target, low, high, better) -%}
    case
        when {{ number }} is null then null
        when {{ target_type }} = 'value' then ({{ number }} - {{ target }}) * {{ better }} >= 0
        when {{ target_type }} = 'min' then {{ number }} >= {{ target }}
        when {{ target_type }} = 'max' then {{ number }} <= {{ target }}
        when {{ target_type }} in ('range', 'tolerance')
            then {{ number }} between {{ low }} and {{ high }}
    end
{%- endmacro %}
