{#
    How a printed cell is read: its form, its numbers, its unit.

    Belongs here: the grammar of cells, the same for every report. Does not belong here: what a
    single indicator, district or word means (seeds), or what follows from it (definitions.sql).

    A number is an optional "ca", a sign, digits with spaces between thousands, a decimal comma
    and a unit that begins with a letter or a per cent sign. A point is read as a decimal sign
    only before one or two digits: "9.000" may be nine or nine thousand, and stays unread.
#}

{#-
    White space folded, no-break and thin spaces made plain, invisible characters dropped, every
    minus and dash made "-".
-#}
{% macro clean_cell(cell) -%}
    nullif(
        trim(
            regexp_replace(
                regexp_replace(
                    translate(
                        nfc_normalize({{ cell }}),
                        chr(160) || chr(8239) || chr(8201)
                        || chr(8722) || chr(8211) || chr(8212) || chr(8209) || chr(8208),
                        '   -----'
                    ),
                    '\p{Cf}',
                    '',
                    'g'
                ),
                '\s+',
                ' ',
                'g'
            )
        ),
        ''
    )
{%- endmacro %}

{#- Text reduced to what identifies it: no case, white space, full stops, hyphens or quotes. -#}
{% macro name_key(name) -%}
    regexp_replace(
        lower(nfc_normalize({{ name }})),
        '[\s\p{Cf}.,:;\-\p{Pd}\p{Pi}\p{Pf}"''*]|^[^\p{L}\p{N}]+',
        '',
        'g'
    )
{%- endmacro %}

{#- An ASCII slug: "Hässelby-Vällingby" becomes "hasselby-vallingby". -#}
{% macro slug(text) -%}
    trim(
        regexp_replace(lower(strip_accents({{ text }})), '[^a-z0-9]+', '-', 'g'),
        '-'
    )
{%- endmacro %}

{% macro _digits() -%}
    (?:\d{1,3}(?: \d{3})+|\d+)(?:,\d{1,6}|\.\d{1,2})?
{%- endmacro %}

{% macro _number() -%}
    (?:(?:ca\.?|cirka|c:a|~) ?)?[+-]? ?{{ _digits() }}(?: ?[%\p{L}][^\n]*)?
{%- endmacro %}

{% macro _lower_bound() -%}
    (?:minst|minimum|min\.?|lägst|≥|>=)
{%- endmacro %}

{% macro _upper_bound() -%}
    (?:maximalt|maximum|max\.?|högst|som mest|≤|<=)
{%- endmacro %}

{% macro _around() -%}
    (?:±|\+ ?/? ?-)
{%- endmacro %}

{% macro _range_part() -%}
    [+-]? ?{{ _digits() }}(?: ?[%\p{L}/]+?)?
{%- endmacro %}

{#-
    The form of a cleaned cell: blank, number, min, max, range, tolerance, increase, decrease,
    delegated, to_be_decided or text. Only targets may be other than blank, number or text; the
    caller decides what to make of a form in its place.
-#}
{% macro cell_form(cell) -%}
    case
        when {{ cell }} is null then 'blank'
        when regexp_full_match({{ cell }}, '(?i){{ _around() }} ?{{ _digits() }}(?: ?[%\p{L}].*)?')
            then 'tolerance'
        when
            regexp_full_match(
                {{ cell }},
                '(?i)(?:mellan )?{{ _range_part() }} ?(?:-|till|och) ?{{ _range_part() }}'
            )
            then 'range'
        when regexp_full_match({{ cell }}, '(?i){{ _number() }}') then 'number'
        when regexp_full_match({{ cell }}, '(?i){{ _upper_bound() }} ?{{ _number() }}') then 'max'
        when regexp_full_match({{ cell }}, '(?i){{ _lower_bound() }} ?{{ _number() }}') then 'min'
        when
            regexp_full_match(
                {{ cell }}, '(?i)(?:ska |skall )?(?:öka[rsd]?|ökning|ökande|högre)\.?'
            )
            then 'increase'
        when
            regexp_full_match(
                {{ cell }},
                '(?i)(?:ska |skall )?(?:minska[rsd]?|minskning|minskande|lägre)\.?'
            )
            then 'decrease'
        when regexp_matches(replace(lower({{ cell }}), ' ', ''), '^tasframav')
            then 'delegated'
        when regexp_matches(lower({{ cell }}), '^(?:fastställ|beslutas |bestäms )')
            then 'to_be_decided'
        else 'text'
    end
{%- endmacro %}

{#- The text of the first (or only) number of a cleaned cell, without bound words. -#}
{% macro first_number(cell, form) -%}
    case {{ form }}
        when 'number' then {{ cell }}
        when 'max' then regexp_replace({{ cell }}, '(?i)^{{ _upper_bound() }} ?', '')
        when 'min' then regexp_replace({{ cell }}, '(?i)^{{ _lower_bound() }} ?', '')
        when 'tolerance' then regexp_replace({{ cell }}, '(?i)^{{ _around() }} ?', '')
        when 'range'
            then
                regexp_extract(
                    {{ cell }}, '(?i)^(?:mellan )?({{ _range_part() }}) ?(?:-|till|och)', 1
                )
    end
{%- endmacro %}

{#- The text of the second number of a range. -#}
{% macro second_number(cell, form) -%}
    case
        when {{ form }} = 'range'
            then
                regexp_extract(
                    {{ cell }},
                    '(?i)^(?:mellan )?{{ _range_part() }} ?(?:-|till|och) ?({{ _range_part() }})$',
                    1
                )
    end
{%- endmacro %}

{#- The parts of one printed number as a struct: approximate, sign, whole, fraction, unit. -#}
{% macro number_parts(text) -%}
    regexp_extract(
        {{ text }},
        '(?i)^((?:ca\.?|cirka|c:a|~) ?)?([+-]?) ?(\d{1,3}(?: \d{3})+|\d+)'
        || '(?:[,.](\d{1,6}))? ?([%\p{L}].*)?$',
        ['approximate', 'sign', 'whole', 'fraction', 'unit']
    )
{%- endmacro %}

{#- The value of such a struct: exact decimals, so that 3.1 - 3.2 is -0.1 and nothing else. -#}
{% macro number_value(parts) -%}
    case
        when {{ parts }}['whole'] != ''
            then
                try_cast(
                    {{ parts }}['sign'] || replace({{ parts }}['whole'], ' ', '')
                    || '.' || {{ parts }}['fraction'] || '0' as decimal(18, 6)
                )
    end
{%- endmacro %}

{#- A unit reduced to what identifies it: no case, white space or stops ("barn/a vd." is "barn/avd"). -#}
{% macro unit_key(unit) -%}
    regexp_replace(lower({{ unit }}), '[\s.]', '', 'g')
{%- endmacro %}
