(element) @class.around

(comment) @comment.inside

(comment)+ @comment.around

[
  (attribute)
  (control_attribute)
  (event_attribute)
] @parameter.around

(quoted_attribute_value) @parameter.inside
