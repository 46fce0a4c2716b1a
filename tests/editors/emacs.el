;;; emacs.el --- a session in Emacs with eglot  -*- lexical-binding: t -*-
;; Run by emacs.sh, which loads the configuration of docs/editors.md before it and sets PROGRAM (a copy of fixtures/teashop).
;; The one thing to know: every wait is for a condition; what does not come is a failure.

(require 'cl-lib)
(require 'eglot)
(require 'flymake)

(defvar program (getenv "PROGRAM"))
(defvar steps 0)
(setq eglot-confirm-server-edits nil
      eglot-autoreconnect t
      flymake-no-changes-timeout nil
      make-backup-files nil
      create-lockfiles nil
      ;; The compiler of Lisp is not unpacked.
      native-comp-jit-compilation nil
      native-comp-enable-subr-trampolines nil)

(defun wait-for (what condition)
  "The value of CONDITION once it is not nil."
  (let ((end (+ (float-time) 30)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) end) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.02))
    value))

(defun visit (path)
  "Opens PATH of the program the way a user does, with the server at its side."
  (find-file (expand-file-name path program))
  (unless (eglot-managed-p) (eglot-ensure) (run-hooks 'post-command-hook))
  (wait-for (concat "the server of " path) #'eglot-managed-p)
  (current-buffer))

(defun saying (text)
  "The diagnostics of this buffer that say TEXT, top to bottom."
  ;; What idle timers do for a user: batch mode is never idle.
  (dolist (buffer (and (eglot-current-server) (eglot--managed-buffers (eglot-current-server))))
    (with-current-buffer buffer (eglot--signal-textDocument/didChange)))
  (flymake-start)
  (sort (cl-remove-if-not (lambda (one) (string-search text (flymake-diagnostic-text one))) (flymake-diagnostics))
        (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))

(defun underlined (diagnostic)
  (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic)))

(defun apply-fix (diagnostic title)
  "Chooses TITLE from the menu of code actions at DIAGNOSTIC."
  (goto-char (flymake-diagnostic-beg diagnostic))
  (let ((last-nonmenu-event ?x) ; a key was pressed, not a mouse button
        (completing-read-function
         (lambda (_ offered &rest _)
           (or (cl-find title (mapcar #'car offered) :test (lambda (prefix one) (string-prefix-p prefix one)))
               (error "No \"%s\" among %S" title (mapcar #'car offered))))))
    (eglot-code-actions (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic) nil t)))

(defmacro step (_name &rest body)
  (declare (indent 1))
  `(progn ,@body (setq steps (1+ steps))))

(step "the server starts in a program, with a finding in its place"
  (visit "pages/menu/menu.js")
  (let ((one (wait-for "insecure-url" (lambda () (car (saying "uses http://"))))))
    (cl-assert (equal (underlined one) "'http://api.teashop.example.com/coupons'"))))

(step "edits with Chinese and emoji keep places right, and a fix lands there"
  (goto-char (point-min))
  (insert "// 一叶茶铺 🍵 👨‍👩‍👧\n\n")
  (search-forward "url: 'http://")
  (goto-char (- (point) (length "url: 'http://")))
  (dolist (piece '("/* " "茶" "🍵" "叶子" " */ ")) (insert piece))
  (let ((one (wait-for "the place to follow"
                       (lambda ()
                         (let ((found (car (saying "uses http://"))))
                           (and found
                                (equal (underlined found) "'http://api.teashop.example.com/coupons'")
                                (= (line-number-at-pos (flymake-diagnostic-beg found)) (line-number-at-pos))
                                found))))))
    (apply-fix one "Use https://"))
  (goto-char (point-min))
  (search-forward "      /* 茶🍵叶子 */ url: 'https://api.teashop.example.com/coupons',")
  (wait-for "the finding to go" (lambda () (null (saying "uses http://")))))

(step "a fix in app.json takes the finding from a script that is not edited"
  (let ((script (visit "pages/checkout/checkout.js")))
    (apply-fix (wait-for "the finding" (lambda () (car (saying "wx.chooseAddress is not declared")))) "Declare chooseAddress in app.json")
    (wait-for "the finding to go" (lambda () (with-current-buffer script (null (saying "wx.chooseAddress is not declared")))))
    (with-current-buffer (find-file-noselect (expand-file-name "app.json" program))
      (goto-char (point-min))
      (search-forward "\"chooseAddress\""))))

(step "templates have their mode, findings, hovers and definitions"
  (visit "pages/me/me.wxml")
  (cl-assert (eq major-mode 'wxml-mode))
  (let ((found (wait-for "findings" (lambda () (saying "open-type=getPhoneNumber")))))
    (goto-char (flymake-diagnostic-beg (car found))))
  (let* ((answer (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams)))
         (contents (plist-get answer :contents)))
    (cl-assert (string-search "getPhoneNumber" (plist-get contents :value))))
  (search-forward "onPhone")
  (backward-char)
  (xref-find-definitions (xref-backend-identifier-at-point 'eglot))
  (cl-assert (equal (file-name-nondirectory buffer-file-name) "me.js"))
  (cl-assert (looking-at-p "onPhone")))

(step "a server that is killed is replaced, and knows the edits that are not saved"
  (let* ((before (eglot-current-server))
         (process (jsonrpc--process before)))
    (signal-process process 'KILL)
    (wait-for "another server" (lambda () (let ((now (eglot-current-server))) (and now (not (eq now before)) (jsonrpc-running-p now)))))
    (with-current-buffer (visit "pages/checkout/checkout.js")
      (wait-for "its findings" (lambda () (saying "pay.teashop.example.com")))
      (cl-assert (null (saying "wx.chooseAddress is not declared"))))))

(step "the server ends with its client"
  (let ((process (jsonrpc--process (eglot-current-server))))
    (eglot-shutdown (eglot-current-server))
    (wait-for "the exit" (lambda () (not (process-live-p process))))
    (cl-assert (= (process-exit-status process) 0))))

(princ (format "Emacs %s: %d steps passed\n" emacs-version steps))
;;; emacs.el ends here
