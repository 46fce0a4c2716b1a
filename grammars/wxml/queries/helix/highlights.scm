; Highlights in Helix's scopes. Where several patterns match a node, the later one wins.

; Tags

(tag_name) @tag

((tag_name) @tag.builtin
  (#any-of? @tag.builtin "block" "import" "include" "slot" "template" "wxs"))

(erroneous_end_tag_name) @error

[
  "<"
  ">"
  "</"
  "/>"
] @punctuation.bracket

(meta_tag) @keyword.directive

(comment) @comment.block

; Attributes

(attribute_name) @attribute

(control_attribute
  prefix: (attribute_prefix) @keyword
  ":" @punctuation.delimiter
  name: (directive_name) @keyword)

((directive_name) @keyword.control.conditional
  (#any-of? @keyword.control.conditional "if" "elif" "else"))

((directive_name) @keyword.control.repeat
  (#any-of? @keyword.control.repeat "for" "for-index" "for-item" "for-items" "key"))

(event_attribute
  prefix: (attribute_prefix) @keyword
  name: (event_name) @attribute)

(event_attribute
  separator: ":" @punctuation.delimiter)

[
  (attribute "=" @operator)
  (control_attribute "=" @operator)
  (event_attribute "=" @operator)
]

(attribute_value) @string

(quoted_attribute_value
  [
    "\""
    "'"
  ] @string)

; The value of an event is the name of a method.
(event_attribute
  value: (quoted_attribute_value
    .
    (attribute_value) @function
    .))

; Text

(entity) @constant.character.escape

; Interpolations

[
  "{{"
  "}}"
] @punctuation.special

(block_comment) @comment.block

(identifier) @variable

(shorthand_property_identifier) @variable

(property_identifier) @variable.other.member

(pair
  key: (property_identifier) @variable.other.member)

(call_expression
  function: (identifier) @function)

(call_expression
  function: (member_expression
    property: (property_identifier) @function.method))

(string) @string

(escape_sequence) @constant.character.escape

(number) @constant.numeric

[
  (true)
  (false)
] @constant.builtin.boolean

[
  (null)
  (undefined)
] @constant.builtin

[
  "typeof"
  "void"
  "instanceof"
] @keyword.operator

(unary_expression
  operator: [
    "!"
    "~"
    "-"
    "+"
  ] @operator)

(binary_expression
  operator: [
    "??"
    "||"
    "&&"
    "|"
    "^"
    "&"
    "=="
    "!="
    "==="
    "!=="
    "<"
    "<="
    ">"
    ">="
    "<<"
    ">>"
    ">>>"
    "+"
    "-"
    "*"
    "/"
    "%"
  ] @operator)

(spread_element
  "..." @operator)

(ternary_expression
  [
    "?"
    ":"
  ] @operator)

(pair
  ":" @punctuation.delimiter)

[
  "."
  ","
] @punctuation.delimiter

[
  "("
  ")"
  "["
  "]"
  "{"
  "}"
] @punctuation.bracket
