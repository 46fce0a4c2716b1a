//! What the client can do, and what the server offers. A client that says nothing (`"capabilities":
//! {}`) gets everything that needs no permission, in UTF-16 and plain text.

use tower_lsp::lsp_types as lsp;

use super::actions::FIX_ALL;
use super::options::Options;
use super::{completion, report, tokens};
use crate::text::Units;

/// What the client can do, as far as it matters here.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is one ability, independent of the others")]
pub(super) struct Features {
    /// What a column counts.
    pub units: Units,
    /// Shows the places that belong to a diagnostic.
    pub related_information: bool,
    /// Takes edits with versions.
    pub document_changes: bool,
    /// Makes files as part of an edit.
    pub create_files: bool,
    /// Shows Markdown in a hover.
    pub hover_markdown: bool,
    /// Shows Markdown beside a completion.
    pub completion_markdown: bool,
    /// Takes definitions as links.
    pub definition_links: bool,
    /// Shows symbols within symbols.
    pub nested_symbols: bool,
    /// Can be told that lenses have changed.
    pub refresh_lenses: bool,
    /// Can be told that hints have changed.
    pub refresh_hints: bool,
    /// Lets the server ask for file watching.
    pub watch_files: bool,
    /// Shows progress.
    pub progress: bool,
}

impl Features {
    /// Reads them.
    pub(super) fn of(client: &lsp::ClientCapabilities) -> Self {
        let document = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edit.and_then(|edit| edit.resource_operations.as_deref()).unwrap_or(&[]);
        let hover_formats = document
            .and_then(|document| document.hover.as_ref())
            .and_then(|hover| hover.content_format.as_deref())
            .unwrap_or(&[]);
        let completion_formats = document
            .and_then(|document| document.completion.as_ref())
            .and_then(|completion| completion.completion_item.as_ref())
            .and_then(|item| item.documentation_format.as_deref())
            .unwrap_or(&[]);
        Self {
            units: units(client),
            related_information: document
                .and_then(|document| document.publish_diagnostics.as_ref())
                .and_then(|diagnostics| diagnostics.related_information)
                .unwrap_or(false),
            document_changes: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            // Neovim makes files from `documentChanges` though it does not say that it takes them.
            create_files: operations.contains(&lsp::ResourceOperationKind::Create),
            hover_markdown: hover_formats.contains(&lsp::MarkupKind::Markdown),
            completion_markdown: completion_formats.contains(&lsp::MarkupKind::Markdown),
            definition_links: document
                .and_then(|document| document.definition)
                .and_then(|definition| definition.link_support)
                .unwrap_or(false),
            nested_symbols: document
                .and_then(|document| document.document_symbol.as_ref())
                .and_then(|symbols| symbols.hierarchical_document_symbol_support)
                .unwrap_or(false),
            refresh_hints: workspace
                .and_then(|workspace| workspace.inlay_hint.as_ref()?.refresh_support)
                .unwrap_or(false),
            refresh_lenses: workspace
                .and_then(|workspace| workspace.code_lens.as_ref()?.refresh_support)
                .unwrap_or(false),
            watch_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref())
                .and_then(|watched| watched.dynamic_registration)
                .unwrap_or(false),
            progress: client
                .window
                .as_ref()
                .and_then(|window| window.work_done_progress)
                .unwrap_or(false),
        }
    }
}

/// UTF-8, which costs nothing, when the client offers it; else UTF-16, which every client must
/// know.
fn units(client: &lsp::ClientCapabilities) -> Units {
    let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_deref());
    if offered.unwrap_or(&[]).contains(&lsp::PositionEncodingKind::UTF8) {
        Units::Utf8
    } else {
        Units::Utf16
    }
}

/// Whether the client colours by meaning. One that has a grammar of its own for templates may say
/// so in its options: `"semanticTokens": false`.
fn wants_tokens(params: &lsp::InitializeParams) -> bool {
    let document = params.capabilities.text_document.as_ref();
    let knows = document.is_some_and(|document| document.semantic_tokens.is_some());
    let settings = params.initialization_options.as_ref();
    let options = Options::default();
    knows && settings.map_or(options, |settings| options.with(settings)).semantic_tokens
}

/// Renaming; a client that does not know how to ask first must not be told of it.
fn renaming(client: &lsp::ClientCapabilities) -> lsp::OneOf<bool, lsp::RenameOptions> {
    let document = client.text_document.as_ref();
    let prepares = document.and_then(|document| document.rename.as_ref()?.prepare_support);
    if prepares == Some(true) {
        lsp::OneOf::Right(lsp::RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
        })
    } else {
        lsp::OneOf::Left(true)
    }
}

/// What the server offers to this client.
pub(super) fn offer(params: &lsp::InitializeParams) -> lsp::InitializeResult {
    let client = &params.capabilities;
    let encoding = match units(client) {
        Units::Utf8 => lsp::PositionEncodingKind::UTF8,
        Units::Utf16 => lsp::PositionEncodingKind::UTF16,
    };
    let sync = lsp::TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
        save: Some(lsp::SaveOptions { include_text: Some(false) }.into()),
        ..Default::default()
    };
    let actions = lsp::CodeActionOptions {
        code_action_kinds: Some(vec![
            lsp::CodeActionKind::QUICKFIX,
            lsp::CodeActionKind::new(FIX_ALL),
        ]),
        ..Default::default()
    };
    let folders = lsp::WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(lsp::OneOf::Left(true)),
    };
    lsp::InitializeResult {
        capabilities: lsp::ServerCapabilities {
            position_encoding: Some(encoding),
            text_document_sync: Some(sync.into()),
            hover_provider: Some(lsp::HoverProviderCapability::Simple(true)),
            code_action_provider: Some(actions.into()),
            document_link_provider: Some(lsp::DocumentLinkOptions {
                resolve_provider: Some(false),
                work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
            }),
            definition_provider: Some(lsp::OneOf::Left(true)),
            document_symbol_provider: Some(lsp::OneOf::Left(true)),
            folding_range_provider: Some(lsp::FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: Some(lsp::SelectionRangeProviderCapability::Simple(true)),
            completion_provider: Some(lsp::CompletionOptions {
                resolve_provider: Some(true),
                trigger_characters: Some(completion::TRIGGERS.map(ToOwned::to_owned).into()),
                ..Default::default()
            }),
            rename_provider: Some(renaming(client)),
            code_lens_provider: Some(lsp::CodeLensOptions { resolve_provider: Some(false) }),
            execute_command_provider: Some(lsp::ExecuteCommandOptions {
                commands: vec![report::COMMAND.to_owned()],
                ..lsp::ExecuteCommandOptions::default()
            }),
            semantic_tokens_provider: wants_tokens(params).then(tokens::offer),
            inlay_hint_provider: Some(lsp::OneOf::Left(true)),
            references_provider: Some(lsp::OneOf::Left(true)),
            workspace: Some(lsp::WorkspaceServerCapabilities {
                workspace_folders: Some(folders),
                file_operations: None,
            }),
            ..Default::default()
        },
        server_info: Some(lsp::ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}
