//! The kinds of syntax that scripts are read by, for both grammars. Grammars number their symbols
//! differently, so each number is turned into a [`Kind`] once per grammar, and reading never
//! compares names.

use std::sync::OnceLock;

use crate::syntax::Language;

use crate::syntax::Dialect;

/// Writes the enum and the function that turns a name into it.
macro_rules! names {
    ($(#[$about:meta])* $type:ident, $function:ident: $($variant:ident = $first:literal $(| $more:literal)*,)*;
     otherwise $otherwise:ident $(, also $also:ident)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $type { $($variant,)* $otherwise, $($also,)* }

        impl $type {
            fn $function(name: &str) -> Self {
                match name { $($first $(| $more)* => Self::$variant,)* _ => Self::$otherwise }
            }
        }
    };
}

names! {
    /// What a node is. Kinds that mean the same to a reader are one.
    Kind, of_node:
    // Statements.
    Program = "program",
    Block = "statement_block",
    ExpressionStatement = "expression_statement",
    Var = "variable_declaration",
    Lexical = "lexical_declaration" | "using_declaration",
    Declarator = "variable_declarator",
    FunctionDeclaration = "function_declaration" | "generator_function_declaration",
    ClassDeclaration = "class_declaration" | "abstract_class_declaration",
    If = "if_statement",
    Else = "else_clause",
    Try = "try_statement",
    Throw = "throw_statement",
    Break = "break_statement" | "continue_statement",
    Switch = "switch_statement",
    Case = "switch_case" | "switch_default",
    For = "for_statement",
    ForIn = "for_in_statement",
    While = "while_statement",
    Do = "do_statement",
    SwitchBody = "switch_body",
    Catch = "catch_clause",
    Return = "return_statement",
    ImportStatement = "import_statement",
    ImportClause = "import_clause",
    NamedImports = "named_imports",
    ImportSpecifier = "import_specifier",
    NamespaceImport = "namespace_import",
    ImportRequire = "import_require_clause",
    ImportAlias = "import_alias",
    ExportStatement = "export_statement",
    ExportClause = "export_clause",
    ExportSpecifier = "export_specifier",
    NamespaceExport = "namespace_export",
    Enum = "enum_declaration",
    EnumAssignment = "enum_assignment",
    Namespace = "internal_module" | "module",
    // Expressions.
    Transparent = "parenthesized_expression" | "as_expression" | "satisfies_expression" | "non_null_expression"
        | "type_assertion" | "instantiation_expression",
    Sequence = "sequence_expression",
    Member = "member_expression" | "nested_identifier",
    Subscript = "subscript_expression",
    Call = "call_expression",
    New = "new_expression",
    Binary = "binary_expression",
    Unary = "unary_expression",
    Await = "await_expression",
    Yield = "yield_expression",
    Update = "update_expression",
    Assignment = "assignment_expression",
    Augmented = "augmented_assignment_expression",
    Conditional = "ternary_expression",
    Identifier = "identifier" | "shorthand_property_identifier",
    This = "this",
    Super = "super",
    Undefined = "undefined",
    Null = "null",
    True = "true",
    False = "false",
    Number = "number",
    String = "string",
    Template = "template_string",
    Substitution = "template_substitution",
    Regex = "regex",
    Import = "import",
    Meta = "meta_property",
    Array = "array",
    Object = "object",
    Pair = "pair",
    Spread = "spread_element",
    FunctionExpression = "function_expression" | "generator_function",
    Arrow = "arrow_function",
    Class = "class",
    // Parts.
    Arguments = "arguments",
    Parameters = "formal_parameters",
    TypedParameter = "required_parameter" | "optional_parameter",
    Method = "method_definition",
    Field = "field_definition" | "public_field_definition",
    StaticBlock = "class_static_block",
    Heritage = "class_heritage" | "extends_clause",
    Computed = "computed_property_name",
    Property = "property_identifier" | "private_property_identifier",
    TypeName = "type_identifier",
    Accessibility = "accessibility_modifier" | "override_modifier",
    // Patterns.
    ObjectPattern = "object_pattern",
    ArrayPattern = "array_pattern",
    PairPattern = "pair_pattern",
    DefaultPattern = "assignment_pattern" | "object_assignment_pattern",
    RestPattern = "rest_pattern",
    ShorthandPattern = "shorthand_property_identifier_pattern",
    // Not descended into.
    Comment = "comment" | "html_comment",
    // Types and what else is gone at run time; ambient declarations name things that exist
    // elsewhere.
    Dropped = "abstract_method_signature" | "ambient_declaration" | "array_type" | "asserts_annotation"
        | "conditional_type" | "constructor_type" | "debugger_statement" | "empty_statement"
        | "escape_sequence" | "existential_type" | "flow_maybe_type" | "function_signature" | "function_type"
        | "generic_type" | "hash_bang_line" | "implements_clause" | "index_signature" | "index_type_query"
        | "infer_type" | "interface_declaration" | "intersection_type" | "jsx_text" | "literal_type" | "lookup_type"
        | "method_signature" | "nested_type_identifier" | "object_type" | "optional_chain" | "parenthesized_type"
        | "predefined_type" | "property_signature" | "readonly_type" | "regex_flags" | "regex_pattern"
        | "statement_identifier" | "string_fragment" | "template_literal_type" | "this_type" | "tuple_type"
        | "type_alias_declaration" | "type_annotation" | "type_arguments" | "type_parameters"
        | "type_predicate_annotation" | "type_query" | "union_type",
    ; otherwise Other, also Error, also Operator, also Async, also Comma, also Const, also Declare, also Default, also Equals,
    also Get, also Let, also Readonly, also Set, also Star, also Static, also StaticGet, also Type, also VarWord
}

names! {
    /// The part that a node is of its parent.
    Part, of_field:
    Alias = "alias",
    Alternative = "alternative",
    Argument = "argument",
    Arguments = "arguments",
    Body = "body",
    Callee = "function" | "constructor",
    Condition = "condition",
    Consequence = "consequence",
    Declaration = "declaration",
    Decorator = "decorator",
    DeclarationWord = "kind",
    Increment = "increment",
    Index = "index",
    Handler = "handler",
    Initializer = "initializer",
    Key = "key",
    Left = "left",
    Name = "name",
    Object = "object",
    Operator = "operator",
    Parameter = "parameter",
    Parameters = "parameters",
    Pattern = "pattern",
    Property = "property",
    Right = "right",
    Source = "source",
    Value = "value",
    ; otherwise None
}

/// The words and marks that are kept though they are no named node.
fn token(name: &str) -> Kind {
    match name {
        "async" => Kind::Async,
        "," => Kind::Comma,
        "const" | "using" => Kind::Const,
        "declare" => Kind::Declare,
        "default" => Kind::Default,
        "=" => Kind::Equals,
        "get" => Kind::Get,
        "let" => Kind::Let,
        "readonly" => Kind::Readonly,
        "set" => Kind::Set,
        "*" => Kind::Star,
        "static" => Kind::Static,
        "static get" => Kind::StaticGet,
        "type" | "typeof" => Kind::Type,
        "var" => Kind::VarWord,
        _ => Kind::Dropped,
    }
}

/// What the numbers of one grammar mean.
pub(super) struct Grammar {
    kinds: Box<[Kind]>,
    parts: Box<[Part]>,
}

impl Grammar {
    /// The table of the grammar that a dialect is parsed by; made once.
    pub(super) fn of(dialect: Dialect, language: &Language) -> &'static Self {
        static JAVASCRIPT: OnceLock<Grammar> = OnceLock::new();
        static TYPESCRIPT: OnceLock<Grammar> = OnceLock::new();
        let table = match dialect {
            Dialect::JavaScript | Dialect::Wxs => &JAVASCRIPT,
            Dialect::TypeScript => &TYPESCRIPT,
        };
        table.get_or_init(|| Self::new(language))
    }

    fn new(language: &Language) -> Self {
        let count = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
        let kind = |id| {
            let name = language.node_kind_for_id(id).unwrap_or("");
            if language.node_kind_is_named(id) { Kind::of_node(name) } else { token(name) }
        };
        let part = |id| language.field_name_for_id(id).map_or(Part::None, Part::of_field);
        Self {
            kinds: (0..count(language.node_kind_count())).map(kind).collect(),
            parts: (0..=count(language.field_count())).map(part).collect(),
        }
    }

    /// The kind of a symbol; the parser's own symbol for an error is in no table.
    pub(super) fn kind(&self, symbol: u16) -> Kind {
        self.kinds.get(usize::from(symbol)).copied().unwrap_or(Kind::Error)
    }

    /// The part that a field number stands for.
    pub(super) fn part(&self, field: Option<std::num::NonZeroU16>) -> Part {
        field
            .and_then(|field| self.parts.get(usize::from(field.get())).copied())
            .unwrap_or(Part::None)
    }
}
