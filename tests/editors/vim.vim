" A session in Vim with ALE: run by vim.sh. The one thing to know: every wait is for a condition; what does not come is a failure.

let s:said = []

function! s:End(code) abort
  call writefile(s:said, $OUT)
  execute 'cquit' a:code
endfunction

function! s:Await(what, condition) abort
  let l:begun = reltime()
  while !a:condition()
    if reltimefloat(reltime(l:begun)) > 50
      call add(s:said, 'waited in vain for ' . a:what . '; ALE says: ' . string(ale#engine#GetLoclist(bufnr(''))))
      call s:End(1)
    endif
    sleep 20m
  endwhile
endfunction

" Whether ALE shows a text for the current buffer.
function! s:Shows(text) abort
  return !empty(filter(copy(ale#engine#GetLoclist(bufnr(''))), {_, item -> item.text =~# '\V' . a:text}))
endfunction

function! s:Session() abort
  call s:Await('a finding', {-> s:Shows('wx.request uses http://')})
  let l:found = filter(copy(ale#engine#GetLoclist(bufnr(''))), {_, item -> item.text =~# 'wx.request uses'})[0]
  if getline(l:found.lnum) !~# "'http://api"
    call add(s:said, 'the finding is in another line: ' . getline(l:found.lnum))
    call s:End(1)
  endif
  " An edit, with Chinese and emoji before the place, takes the finding away.
  call setline(l:found.lnum, substitute(getline(l:found.lnum), 'url: .http:', "/* 茶🍵 */ url: 'https:", ''))
  call ale#Queue(0)
  call s:Await('the finding to go', {-> !s:Shows('wx.request uses http://')})
  silent edit! pages/me/me.wxml
  if &filetype !=# 'wxml'
    call add(s:said, 'the file type of a template is ' . &filetype)
    call s:End(1)
  endif
  call s:Await('a finding in a template', {-> s:Shows('open-type=chooseAvatar')})
  call add(s:said, 'Vim ' . v:version / 100 . '.' . v:version % 100 . ' with ALE: findings in a script and in a template, and one that goes with an edit')
  call s:End(0)
endfunction

" After VimEnter, which the configuration waits for.
autocmd VimEnter * call timer_start(0, {-> s:Session()})
