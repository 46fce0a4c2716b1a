" WeChat mini-programs: templates, and the scripts that run in them.
autocmd BufNewFile,BufRead *.wxml setfiletype wxml
autocmd BufNewFile,BufRead *.wxs setfiletype javascript
