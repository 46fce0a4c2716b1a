; Indentation in the conventions of nvim-treesitter.

[
  (element)
  (object)
  (array)
  (arguments)
] @indent.begin

; Only the attributes of <wxs>: its body is indented as JavaScript.
(wxs_element
  [
    (start_tag)
    (self_closing_tag)
  ] @indent.begin)

(element
  (end_tag
    ">" @indent.end))

(self_closing_tag
  "/>" @indent.end)

(element
  (end_tag) @indent.branch)

(start_tag
  ">" @indent.branch)

[
  "/>"
  "}"
  "]"
  ")"
] @indent.branch

(comment) @indent.ignore
