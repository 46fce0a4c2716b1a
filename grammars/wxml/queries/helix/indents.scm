[
  (element)
  (wxs_element)
  (object)
  (array)
  (arguments)
] @indent

(end_tag) @outdent

(start_tag
  ">" @outdent)

[
  "/>"
  "}"
  "]"
  ")"
] @outdent
