//! The program itself, as an editor starts it: `miniguard lsp`, over its standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tower_lsp::lsp_types::Url;

/// Far longer than a start and an end take on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn start() -> Child {
    Command::new(env!("CARGO_BIN_EXE_miniguard"))
        .args(["lsp", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn send(input: &mut impl Write, message: &Value) {
    let body = message.to_string();
    write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    input.flush().unwrap();
}

/// Reads messages until one of which `is_it` holds.
fn receive(output: &mut impl BufRead, is_it: impl Fn(&Value) -> bool) -> Value {
    loop {
        let mut length = 0;
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert_ne!(output.read_line(&mut line).unwrap(), 0, "the server is gone");
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        output.read_exact(&mut body).unwrap();
        let message: Value = serde_json::from_slice(&body).unwrap();
        if is_it(&message) {
            return message;
        }
    }
}

/// The exit code, of a process that must end by itself.
fn exit_code(mut child: Child) -> Option<i32> {
    // Kept open beyond the end: `wait` would close it.
    let input = child.stdin.take();
    let (sender, code) = mpsc::channel();
    std::thread::spawn(move || sender.send(child.wait().unwrap().code()));
    let code = code.recv_timeout(PATIENCE).expect("the process does not end");
    drop(input);
    code
}

#[test]
fn the_process_ends_at_exit_though_its_input_stays_open() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().canonicalize().unwrap();
    super::write(&root.join("app.json"), r#"{"pages": ["a"]}"#);
    super::write(&root.join("app.js"), "App({})\n");
    super::write(&root.join("a.wxml"), "<view/>\n");
    super::write(&root.join("a.js"), "wx.getLocation()\n");
    let uri = Url::from_file_path(root.join("a.js")).unwrap();
    let mut child = start();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let params = json!({"rootUri": Url::from_file_path(&root).unwrap(), "capabilities": {}});
    send(&mut input, &json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}));
    let answer = receive(&mut output, |message| message["id"] == 1);
    assert_eq!(answer["result"]["serverInfo"]["name"], "miniguard", "{answer}");
    send(&mut input, &json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
    let document =
        json!({"uri": uri, "languageId": "javascript", "version": 3, "text": "wx.getLocation()\n"});
    send(
        &mut input,
        &json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}}),
    );
    let shown = receive(&mut output, |message| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == 3
    });
    assert_eq!(shown["params"]["uri"], json!(uri));
    assert_eq!(shown["params"]["diagnostics"][0]["source"], "miniguard");
    send(&mut input, &json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"}));
    receive(&mut output, |message| message["id"] == 2);
    send(&mut input, &json!({"jsonrpc": "2.0", "method": "exit"}));
    child.stdin = Some(input);
    assert_eq!(exit_code(child), Some(0));
}

#[test]
fn the_process_ends_with_its_input() {
    let mut child = start();
    drop(child.stdin.take());
    assert_eq!(exit_code(child), Some(1), "nobody asked it to shut down");
}
