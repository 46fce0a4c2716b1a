/**
 * @file Tree-sitter grammar of WXML, the template language of WeChat mini-programs.
 *
 * It accepts the union of what the two official compilers accept (the classic one and
 * glass-easel's), plus recovery for what a person leaves half typed. Everything that needs
 * memory or lookahead (close matching, text, attribute names, where a value or an interpolation
 * ends) is decided by src/scanner.c; this file holds structure and expressions.
 *
 * @license MIT OR Apache-2.0
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const PREC = {
  ternary: 1,
  nullish: 2,
  or: 3,
  and: 4,
  bit_or: 5,
  bit_xor: 6,
  bit_and: 7,
  equality: 8,
  relational: 9,
  shift: 10,
  additive: 11,
  multiplicative: 12,
  unary: 13,
  call: 14,
  member: 15,
};

// As in HTML, nearly any character may be part of an attribute's name; the compilers then complain by
// name. Control characters, and spaces that are white space in Unicode but not in WXML, stay errors:
// they separate two attributes to the eye. The same set as `is_attribute_char` in src/scanner.c.
const NAME_CHARACTER =
  '[^\\x00-\\x20\\x7f-\\xa0<>"\'\\/={}\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]';
const ATTRIBUTE_NAME = new RegExp(`${NAME_CHARACTER}+`);
const EVENT_NAME = new RegExp(`${NAME_CHARACTER.replace('{}', '{}:')}${NAME_CHARACTER}*`);

/**
 * One or more of `rule`, separated by commas, a trailing comma allowed.
 * @param {RuleOrLiteral} rule
 */
function commaSep1(rule) {
  return seq(rule, repeat(seq(',', rule)), optional(','));
}

/**
 * As `repeat(rule)`, with the first few written out: each turn of a repetition but one is a hidden
 * node of 96 bytes in the tree, and most lists are short.
 * @param {RuleOrLiteral} rule
 * @param {number} few
 */
function repeatFew(rule, few) {
  /** @type {RuleOrLiteral} */
  let rest = repeat(rule);
  for (let i = 0; i < few; i++) rest = optional(seq(rule, rest));
  return rest;
}

export default grammar({
  name: 'wxml',

  // The platform's white space: not U+3000, not U+00A0.
  extras: $ => [/[ \t-\r]+/, $.block_comment],

  // The order is that of `enum TokenType` in src/scanner.c.
  externals: $ => [
    $._start_tag_name,
    $._wxs_start_tag_name,
    $._end_tag_name,
    $.erroneous_end_tag_name,
    $._self_closing_delimiter,
    $._implicit_end_tag,
    $._missing_tag_end,
    $._raw_text_closed,
    $._raw_text_unclosed,
    $.raw_text,
    $.comment,
    $.meta_tag,
    $.text,
    $.entity,
    $.attribute_name,
    $._control_prefix,
    $._event_prefix,
    $._missing_double_quote,
    $._missing_single_quote,
    $._value_kind,
    $.attribute_value,
    $._interpolation_start,
    $._interpolation_end,
    $._missing_interpolation_end,
    $._double_string_start,
    $._single_string_start,
    $._double_string_fragment,
    $._single_string_fragment,
    $._escaped_quote,
    $._escaped_string_fragment,
    $._less_than,
    $.block_comment,
    // Never made by the scanner, which only asks whether an object may end here.
    '}',
    $._error_sentinel,
  ],

  word: $ => $.identifier,

  // Each of these would cost a hidden node wherever it is used.
  inline: $ => [$._tag_end, $._assigned_value, $._value_part, $._object_member],

  rules: {
    document: $ => repeat($._node),

    _node: $ => choice(
      $.element,
      $.wxs_element,
      $.erroneous_end_tag,
      $.comment,
      $.meta_tag,
      $.text,
      $.entity,
      $.interpolation,
    ),

    // Tags

    element: $ => choice(
      seq($.start_tag, repeatFew($._node, 3), choice($.end_tag, $._implicit_end_tag)),
      $.self_closing_tag,
    ),

    wxs_element: $ => choice(
      seq(
        alias($._wxs_start_tag, $.start_tag),
        choice(
          seq($._raw_text_closed, optional($.raw_text), $.end_tag),
          seq(
            $._raw_text_unclosed,
            optional($.raw_text),
            choice($.end_tag, $._implicit_end_tag),
          ),
        ),
      ),
      alias($._wxs_self_closing_tag, $.self_closing_tag),
    ),

    start_tag: $ => seq(
      '<',
      field('name', alias($._start_tag_name, $.tag_name)),
      repeatFew($._attribute, 4),
      $._tag_end,
    ),

    self_closing_tag: $ => seq(
      '<',
      field('name', alias($._start_tag_name, $.tag_name)),
      repeatFew($._attribute, 4),
      alias($._self_closing_delimiter, '/>'),
    ),

    _wxs_start_tag: $ => seq(
      '<',
      field('name', alias($._wxs_start_tag_name, $.tag_name)),
      repeatFew($._attribute, 4),
      $._tag_end,
    ),

    _wxs_self_closing_tag: $ => seq(
      '<',
      field('name', alias($._wxs_start_tag_name, $.tag_name)),
      repeatFew($._attribute, 4),
      alias($._self_closing_delimiter, '/>'),
    ),

    end_tag: $ => seq('</', field('name', alias($._end_tag_name, $.tag_name)), $._tag_end),

    // A close that nothing open answers to; `</>` closes nothing.
    erroneous_end_tag: $ => seq('</', optional($.erroneous_end_tag_name), $._tag_end),

    _tag_end: $ => choice('>', alias($._missing_tag_end, $.missing_delimiter)),

    // Attributes

    _attribute: $ => choice(
      $.attribute,
      $.control_attribute,
      $.event_attribute,
      $.interpolation,
      $.comment,
    ),

    attribute: $ => prec.right(seq(field('name', $.attribute_name), optional($._assigned_value))),

    control_attribute: $ => prec.right(seq(
      field('prefix', alias($._control_prefix, $.attribute_prefix)),
      token.immediate(':'),
      field('name', $.directive_name),
      optional($._assigned_value),
    )),

    event_attribute: $ => prec.right(seq(
      field('prefix', alias($._event_prefix, $.attribute_prefix)),
      optional(field('separator', token.immediate(':'))),
      field('name', $.event_name),
      optional($._assigned_value),
    )),

    // Lexed by the scanner only where it has to recover, or to tell the prefixes above.
    attribute_name: _ => ATTRIBUTE_NAME,

    directive_name: _ => token.immediate(ATTRIBUTE_NAME),

    event_name: _ => token.immediate(EVENT_NAME),

    // `a= b="1"`: the classic compiler drops `a`, glass-easel notes a missing value.
    _assigned_value: $ => seq('=', optional(field('value', choice(
      $.quoted_attribute_value,
      $.attribute_value,
      $.interpolation,
    )))),

    quoted_attribute_value: $ => choice(
      seq(
        '"',
        repeatFew($._value_part, 3),
        choice('"', alias($._missing_double_quote, $.missing_delimiter)),
      ),
      seq(
        '\'',
        repeatFew($._value_part, 3),
        choice('\'', alias($._missing_single_quote, $.missing_delimiter)),
      ),
    ),

    // A value that is one word is left to the generated lexer, whose tokens are smaller; it shares the
    // token of a directive's name, as one more would be taken for anything where the parser recovers.
    _value_part: $ => choice(
      $.attribute_value,
      alias($.directive_name, $.attribute_value),
      $.interpolation,
      $._value_kind,
    ),

    // Interpolations

    interpolation: $ => seq(
      alias($._interpolation_start, '{{'),
      optional(choice($._expression, $.inner_object)),
      choice(alias($._interpolation_end, '}}'), alias($._missing_interpolation_end, $.missing_delimiter)),
    ),

    // An object without its outer braces. A lone `a` is an expression, `a, b` and `a,` are objects.
    inner_object: $ => choice(
      seq(
        choice($.pair, $.spread_element),
        repeat(seq(',', $._object_member)),
        optional(','),
      ),
      seq(
        alias($.identifier, $.shorthand_property_identifier),
        ',',
        optional(commaSep1($._object_member)),
      ),
    ),

    _expression: $ => choice(
      $.identifier,
      $.string,
      $.number,
      $.true,
      $.false,
      $.null,
      $.undefined,
      $.member_expression,
      $.subscript_expression,
      $.call_expression,
      $.unary_expression,
      $.binary_expression,
      $.ternary_expression,
      $.array,
      $.object,
      $.parenthesized_expression,
    ),

    parenthesized_expression: $ => seq('(', $._expression, ')'),

    member_expression: $ => prec(PREC.member, seq(
      field('object', $._expression),
      '.',
      field('property', alias($.identifier, $.property_identifier)),
    )),

    subscript_expression: $ => prec(PREC.member, seq(
      field('object', $._expression),
      '[',
      field('index', $._expression),
      ']',
    )),

    call_expression: $ => prec(PREC.call, seq(
      field('function', $._expression),
      field('arguments', $.arguments),
    )),

    arguments: $ => seq('(', optional(commaSep1(choice($._expression, $.spread_element))), ')'),

    unary_expression: $ => prec.left(PREC.unary, seq(
      field('operator', choice('!', '~', '-', '+', 'typeof', 'void')),
      field('argument', $._expression),
    )),

    binary_expression: $ => choice(
      ...[
        ['??', PREC.nullish],
        ['||', PREC.or],
        ['&&', PREC.and],
        ['|', PREC.bit_or],
        ['^', PREC.bit_xor],
        ['&', PREC.bit_and],
        ['==', PREC.equality],
        ['!=', PREC.equality],
        ['===', PREC.equality],
        ['!==', PREC.equality],
        [alias($._less_than, '<'), PREC.relational],
        ['<=', PREC.relational],
        ['>', PREC.relational],
        ['>=', PREC.relational],
        ['instanceof', PREC.relational],
        ['<<', PREC.shift],
        ['>>', PREC.shift],
        ['>>>', PREC.shift],
        ['+', PREC.additive],
        ['-', PREC.additive],
        ['*', PREC.multiplicative],
        ['/', PREC.multiplicative],
        ['%', PREC.multiplicative],
      ].map(([operator, precedence]) => prec.left(/** @type {number} */ (precedence), seq(
        field('left', $._expression),
        field('operator', /** @type {RuleOrLiteral} */ (operator)),
        field('right', $._expression),
      ))),
    ),

    ternary_expression: $ => prec.right(PREC.ternary, seq(
      field('condition', $._expression),
      '?',
      field('consequence', $._expression),
      ':',
      field('alternative', $._expression),
    )),

    // Holes, as in `[a, , b]`, are legal in glass-easel.
    array: $ => seq(
      '[',
      optional(choice($._expression, $.spread_element)),
      repeat(seq(',', optional(choice($._expression, $.spread_element)))),
      ']',
    ),

    object: $ => seq('{', optional(commaSep1($._object_member)), '}'),

    _object_member: $ => choice(
      $.pair,
      $.spread_element,
      alias($.identifier, $.shorthand_property_identifier),
    ),

    pair: $ => seq(
      field('key', alias($.identifier, $.property_identifier)),
      ':',
      field('value', $._expression),
    ),

    spread_element: $ => seq('...', $._expression),

    // In a `"` value the classic compiler lets `\"` delimit a string.
    string: $ => choice(
      seq(
        alias($._double_string_start, '"'),
        repeat(choice(alias($._double_string_fragment, $.string_fragment), $.escape_sequence)),
        '"',
      ),
      seq(
        alias($._single_string_start, '\''),
        repeat(choice(alias($._single_string_fragment, $.string_fragment), $.escape_sequence)),
        '\'',
      ),
      seq(
        alias($._escaped_quote, '\\"'),
        optional(alias($._escaped_string_fragment, $.string_fragment)),
        alias($._escaped_quote, '\\"'),
      ),
    ),

    escape_sequence: _ => token.immediate(
      /\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-7]{1,3}|\r\n|[^ux0-7\r]|[ux])/,
    ),

    number: _ => /0[xX][0-9a-fA-F]+|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/,

    identifier: _ => /[A-Za-z_$][A-Za-z0-9_$]*/,

    true: _ => 'true',
    false: _ => 'false',
    null: _ => 'null',
    undefined: _ => 'undefined',
  },
});
