; The body of <wxs> is JavaScript of 2009. Expressions need no injection: the grammar reads them.

((raw_text) @injection.content
  (#set! injection.language "javascript"))

([
  (comment)
  (block_comment)
] @injection.content
  (#set! injection.language "comment"))
