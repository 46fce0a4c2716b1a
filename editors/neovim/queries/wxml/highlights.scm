; Highlights in the conventions of nvim-treesitter and of `tree-sitter highlight`. Where several
; patterns match a node, the later one wins. helix/highlights.scm says the same in Helix's scopes.

; Tags

(tag_name) @tag

((tag_name) @tag.builtin
  (#any-of? @tag.builtin "block" "import" "include" "slot" "template" "wxs"))

(erroneous_end_tag_name) @tag

[
  "<"
  ">"
  "</"
  "/>"
] @tag.delimiter

(meta_tag) @constant

(comment) @spell @comment

; Attributes

(attribute_name) @tag.attribute

(control_attribute
  prefix: (attribute_prefix) @keyword
  ":" @punctuation.delimiter
  name: (directive_name) @keyword)

((directive_name) @keyword.conditional
  (#any-of? @keyword.conditional "if" "elif" "else"))

((directive_name) @keyword.repeat
  (#any-of? @keyword.repeat "for" "for-index" "for-item" "for-items" "key"))

(event_attribute
  prefix: (attribute_prefix) @keyword
  name: (event_name) @tag.attribute)

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

(text) @spell

(entity) @character.special

; Interpolations

[
  "{{"
  "}}"
] @punctuation.special

(block_comment) @spell @comment

(identifier) @variable

(shorthand_property_identifier) @variable

(property_identifier) @variable.member

(pair
  key: (property_identifier) @property)

(call_expression
  function: (identifier) @function.call)

(call_expression
  function: (member_expression
    property: (property_identifier) @function.method.call))

(string) @string

(escape_sequence) @string.escape

(number) @number

[
  (true)
  (false)
] @boolean

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
  ] @keyword.conditional.ternary)

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
