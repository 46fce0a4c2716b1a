[
  (element)
  (wxs_element)
  (start_tag)
  (self_closing_tag)
  (comment)
] @fold
