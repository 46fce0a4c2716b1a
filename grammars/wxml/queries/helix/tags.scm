; Definitions and references that other files, or other places of this one, name. The @local
; captures only serve the predicates: `tree-sitter tags` allows no other auxiliary names.

(element
  [
    (start_tag
      name: (tag_name) @local.scope
      (attribute
        name: (attribute_name) @local.reference
        value: (quoted_attribute_value
          .
          (attribute_value) @name
          .)))
    (self_closing_tag
      name: (tag_name) @local.scope
      (attribute
        name: (attribute_name) @local.reference
        value: (quoted_attribute_value
          .
          (attribute_value) @name
          .)))
  ]
  (#eq? @local.scope "template")
  (#eq? @local.reference "name")) @definition.function

(element
  [
    (start_tag
      name: (tag_name) @local.scope
      (attribute
        name: (attribute_name) @local.reference
        value: (quoted_attribute_value
          .
          (attribute_value) @name
          .)))
    (self_closing_tag
      name: (tag_name) @local.scope
      (attribute
        name: (attribute_name) @local.reference
        value: (quoted_attribute_value
          .
          (attribute_value) @name
          .)))
  ]
  (#eq? @local.scope "template")
  (#eq? @local.reference "is")) @reference.call

(wxs_element
  [
    (start_tag
      (attribute
        name: (attribute_name) @local.reference
        value: (quoted_attribute_value
          .
          (attribute_value) @name
          .)))
    (self_closing_tag
      (attribute
        name: (attribute_name) @local.reference
        value: (quoted_attribute_value
          .
          (attribute_value) @name
          .)))
  ]
  (#eq? @local.reference "module")) @definition.module

; A method of the page or component.
(event_attribute
  value: (quoted_attribute_value
    .
    (attribute_value) @name
    .)) @reference.call

(call_expression
  function: (member_expression
    property: (property_identifier) @name)) @reference.call
