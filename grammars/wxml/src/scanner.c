/*
 * External scanner of the WXML grammar: every token that needs memory or lookahead.
 *
 * Invariant: the state is a flat value of bounded size, and each token is a function of that state,
 * the parser's valid symbols and the text ahead. So an incremental parse equals a fresh one, nothing
 * is allocated while scanning, and serialising can never overflow.
 *
 * Invariant: each turn of a loop over the text advances, whatever the character, or ends the loop;
 * and each loop ends where the text does.
 *
 * Recovery is decided here rather than by the parser's search for a cheap repair: where a tag, a
 * quoted value or an interpolation was left open, a zero-width token ends it at the place where a
 * person would have, and the rest of the file parses as if nothing were missing.
 */

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

#include <stddef.h>
#include <string.h>

/* The order is that of `externals` in grammar.js. */
enum TokenType {
  START_TAG_NAME,
  WXS_START_TAG_NAME,
  END_TAG_NAME,
  ERRONEOUS_END_TAG_NAME,
  SELF_CLOSING_DELIMITER,
  IMPLICIT_END_TAG,
  MISSING_TAG_END,
  RAW_TEXT_CLOSED,
  RAW_TEXT_UNCLOSED,
  RAW_TEXT,
  COMMENT,
  META_TAG,
  TEXT,
  ENTITY,
  ATTRIBUTE_NAME,
  CONTROL_PREFIX,
  EVENT_PREFIX,
  MISSING_DOUBLE_QUOTE,
  MISSING_SINGLE_QUOTE,
  VALUE_KIND,
  ATTRIBUTE_VALUE,
  INTERPOLATION_START,
  INTERPOLATION_END,
  MISSING_INTERPOLATION_END,
  DOUBLE_STRING_START,
  SINGLE_STRING_START,
  DOUBLE_STRING_FRAGMENT,
  SINGLE_STRING_FRAGMENT,
  ESCAPED_QUOTE,
  ESCAPED_STRING_FRAGMENT,
  LESS_THAN,
  BLOCK_COMMENT,
  CLOSING_BRACE,
  ERROR_SENTINEL,
};

/* The state is kept in every token that the scanner makes, and the runtime keeps up to 24 bytes of
 * it inside the token: what is longer would be a block of memory of its own for each. So the names
 * of open elements are packed into what fits: half a byte for the commonest, two and a half for
 * others. Where no more fits, the outermost are forgotten and only counted: their close is taken
 * on trust. */
#define NAME_BYTES 19
#define MAX_HALVES (2 * NAME_BYTES)

/* Flags of the state: what the text being read belongs to. */
enum {
  DOUBLE_QUOTED = 1 << 0,
  SINGLE_QUOTED = 1 << 1,
  VALUE_CLOSED = 1 << 2,     /* the quoted value has a close */
  VALUE_OPEN_ENDED = 1 << 3, /* it lacks one; with neither, nobody looked yet */
  IN_INTERPOLATION = 1 << 4,
  INTERPOLATION_OPEN_ENDED = 1 << 5,
  IN_END_TAG = 1 << 6,
  TAG_CUT_OFF = 1 << 7, /* the last token stood for a missing `>` */
  RAW_CLOSED = 1 << 8,
  RAW_UNCLOSED = 1 << 9,
};

typedef struct {
  uint16_t flags;
  uint16_t forgotten;        /* how many elements around those with names; no more than it can hold */
  uint8_t halves;            /* how many half-bytes of `names` are in use; the others are 0 */
  uint8_t names[NAME_BYTES]; /* outermost first, each with its half-byte that tells the kind last */
} Scanner;

_Static_assert(sizeof(Scanner) == 24, "the state has no gaps, and the runtime keeps it in a token");
_Static_assert(sizeof(Scanner) <= TREE_SITTER_SERIALIZATION_BUFFER_SIZE, "the state fits");

/* Characters */

static inline bool is_space(int32_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* White space that does not end a line. */
static inline bool is_blank(int32_t c) { return is_space(c) && c != '\n' && c != '\r'; }

static inline bool is_alpha(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static inline bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

static inline bool is_hex(int32_t c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static inline int32_t to_lower(int32_t c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; }

static inline bool is_name_start(int32_t c) { return is_alpha(c) || c == '_'; }

static inline bool is_name_char(int32_t c) {
  return is_name_start(c) || is_digit(c) || c == '-' || c == '.' || c == ':';
}

/* As in HTML, nearly any character may be part of an attribute's name; the compilers then complain by
 * name. Control characters, and spaces that are white space in Unicode but not in WXML, stay errors:
 * they separate two attributes to the eye. Bytes that are no UTF-8 come as a negative number. */
static inline bool is_attribute_char(int32_t c) {
  if (c <= ' ' || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200B)) return false;
  switch (c) {
    case '<':
    case '>':
    case '"':
    case '\'':
    case '/':
    case '=':
    case '{':
    case '}':
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0xFEFF:
      return false;
    default:
      return true;
  }
}

static inline void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static inline void skip(TSLexer *lexer) { lexer->advance(lexer, true); }

static inline bool at_end(TSLexer *lexer) { return lexer->lookahead == 0 && lexer->eof(lexer); }

static inline bool found(TSLexer *lexer, enum TokenType token) {
  lexer->result_symbol = (TSSymbol)token;
  return true;
}

static void skip_spaces_ahead(TSLexer *lexer) {
  while (is_space(lexer->lookahead)) advance(lexer);
}

static void skip_blanks_ahead(TSLexer *lexer) {
  while (is_blank(lexer->lookahead)) advance(lexer);
}

/* Open elements */

/* A tag name, letter case aside: its place among the common names, from 1, or 0 and its hash. Two
 * names of one hash are taken for the same; that matters only where a close is wrong. */
typedef struct {
  uint8_t common;
  uint16_t hash;
} Name;

enum { COMMON_COUNT = 14, BY_HASH = 15, HASHED_WIDTH = 5, LONGEST_COMMON = 11 };

/* The order is free, as nothing is kept between two runs. */
static const char *const common_names[COMMON_COUNT] = {
    "block",  "button", "cover-view",  "form",   "image",       "label",    "navigator",
    "scroll-view", "slot",  "swiper", "swiper-item", "template", "text", "view",
};

static unsigned half(const Scanner *scanner, unsigned at) {
  return scanner->names[at / 2] >> (at % 2 * 4) & 0xF;
}

static void set_half(Scanner *scanner, unsigned at, unsigned value) {
  unsigned shift = at % 2 * 4;
  scanner->names[at / 2] = (uint8_t)((scanner->names[at / 2] & ~(0xFu << shift)) | value << shift);
}

/* The width of the name that ends at `end`, in half-bytes. */
static unsigned width_before(const Scanner *scanner, unsigned end) {
  return half(scanner, end - 1) == BY_HASH ? HASHED_WIDTH : 1;
}

static bool is_name_before(const Scanner *scanner, unsigned end, Name name) {
  if (name.common) return half(scanner, end - 1) == name.common;
  if (half(scanner, end - 1) != BY_HASH) return false;
  unsigned hash = 0;
  for (unsigned at = end - HASHED_WIDTH; at < end - 1; at++) hash = hash << 4 | half(scanner, at);
  return hash == name.hash;
}

static void forget_outermost(Scanner *scanner) {
  unsigned width = scanner->halves;
  for (unsigned end = scanner->halves; end > 0; end -= width) width = width_before(scanner, end);
  for (unsigned at = 0; at < scanner->halves; at++) {
    set_half(scanner, at, at + width < scanner->halves ? half(scanner, at + width) : 0);
  }
  scanner->halves -= (uint8_t)width;
  if (scanner->forgotten < UINT16_MAX) scanner->forgotten++;
}

static void push_name(Scanner *scanner, Name name) {
  unsigned width = name.common ? 1 : HASHED_WIDTH;
  while (scanner->halves + width > MAX_HALVES) forget_outermost(scanner);
  for (unsigned shift = 16; !name.common && shift > 0; shift -= 4) {
    set_half(scanner, scanner->halves++, name.hash >> (shift - 4) & 0xF);
  }
  set_half(scanner, scanner->halves++, name.common ? name.common : BY_HASH);
}

static void pop_name(Scanner *scanner) {
  if (scanner->halves > 0) {
    unsigned width = width_before(scanner, scanner->halves);
    for (unsigned i = 0; i < width; i++) set_half(scanner, --scanner->halves, 0);
  } else if (scanner->forgotten > 0) {
    scanner->forgotten--;
  }
}

static bool has_open_element(const Scanner *scanner) {
  return scanner->halves > 0 || scanner->forgotten > 0;
}

/* How many elements a close of `name` ends, itself included; 0 when none open has that name. */
static unsigned levels_to(const Scanner *scanner, Name name) {
  unsigned levels = 0;
  for (unsigned end = scanner->halves; end > 0; end -= width_before(scanner, end)) {
    levels++;
    if (is_name_before(scanner, end, name)) return levels;
  }
  return scanner->halves == 0 && scanner->forgotten > 0 ? 1 : 0;
}

/* Advances over a tag name; false when there is none. */
static bool read_tag_name(TSLexer *lexer, Name *name, bool *is_wxs) {
  if (!is_name_start(lexer->lookahead)) return false;
  char word[LONGEST_COMMON];
  unsigned length = 0, cased = 0;
  uint16_t hash = 0;
  while (is_name_char(lexer->lookahead)) {
    int32_t c = to_lower(lexer->lookahead);
    if (c != lexer->lookahead) cased++;
    if (length < sizeof(word)) word[length] = (char)c;
    length++;
    hash = (uint16_t)((hash ^ (uint16_t)c) * 0x0193u + 0x9E37u);
    advance(lexer);
  }
  name->common = 0;
  name->hash = hash;
  *is_wxs = !cased && length == 3 && memcmp(word, "wxs", 3) == 0;
  for (unsigned i = 0; length <= sizeof(word) && i < COMMON_COUNT; i++) {
    if (strncmp(common_names[i], word, length) == 0 && common_names[i][length] == 0) {
      name->common = (uint8_t)(i + 1);
      break;
    }
  }
  return true;
}

static bool scan_start_tag_name(Scanner *scanner, TSLexer *lexer) {
  Name name;
  bool is_wxs;
  if (!read_tag_name(lexer, &name, &is_wxs)) return false;
  push_name(scanner, name);
  scanner->flags = 0;
  lexer->mark_end(lexer);
  return found(lexer, is_wxs ? WXS_START_TAG_NAME : START_TAG_NAME);
}

static bool scan_end_tag_name(Scanner *scanner, TSLexer *lexer, const bool *valid) {
  Name name;
  bool is_wxs;
  if (!read_tag_name(lexer, &name, &is_wxs)) return false;
  lexer->mark_end(lexer);
  scanner->flags = IN_END_TAG;
  unsigned levels = levels_to(scanner, name);
  for (unsigned i = 0; i < levels; i++) pop_name(scanner);
  bool closes = levels > 0 && valid[END_TAG_NAME];
  if (!closes && !valid[ERRONEOUS_END_TAG_NAME]) closes = true;
  return found(lexer, closes ? END_TAG_NAME : ERRONEOUS_END_TAG_NAME);
}

/* At the name of a close: does it belong to an outer element, so that the innermost one ends
 * here without its own close? The end of the token is already marked before the `</`. */
static bool scan_implicit_end_tag(Scanner *scanner, TSLexer *lexer) {
  Name name;
  bool is_wxs;
  skip_spaces_ahead(lexer);
  if (!read_tag_name(lexer, &name, &is_wxs)) return false;
  if (levels_to(scanner, name) < 2) return false;
  pop_name(scanner);
  scanner->flags = 0;
  return found(lexer, IMPLICIT_END_TAG);
}

/* <wxs> bodies */

/* At `<`: advances over `</wxs` or `<wxs`; true if no name character follows. `first` is the
 * character after the `<`. */
static bool read_wxs_delimiter(TSLexer *lexer, int32_t *first) {
  static const char name[] = "wxs";
  advance(lexer);
  *first = lexer->lookahead;
  if (*first == '/') advance(lexer);
  for (unsigned i = 0; i < 3; i++) {
    if (lexer->lookahead != name[i]) return false;
    advance(lexer);
  }
  return !is_name_char(lexer->lookahead);
}

/* Looks, without moving, whether the body has a close, `</wxs`, before the next <wxs> begins. */
static bool scan_raw_text_kind(Scanner *scanner, TSLexer *lexer) {
  bool closed = false;
  lexer->mark_end(lexer);
  while (!at_end(lexer)) {
    int32_t first;
    if (lexer->lookahead != '<') {
      advance(lexer);
    } else if (read_wxs_delimiter(lexer, &first)) {
      closed = first == '/';
      break;
    }
  }
  scanner->flags = closed ? RAW_CLOSED : RAW_UNCLOSED;
  return found(lexer, closed ? RAW_TEXT_CLOSED : RAW_TEXT_UNCLOSED);
}

static bool end_unclosed_raw_text(Scanner *scanner, TSLexer *lexer) {
  pop_name(scanner);
  scanner->flags = 0;
  return found(lexer, IMPLICIT_END_TAG);
}

/* A body ends at its close; one without a close at the first line that begins like markup, which
 * no line of ES5 does, so that a freshly typed <wxs> leaves the rest of the file alone. White
 * space alone is no body. */
static bool scan_raw_text(Scanner *scanner, TSLexer *lexer) {
  bool has_body = false, at_line_start = true;
  lexer->mark_end(lexer);
  while (!at_end(lexer)) {
    int32_t c = lexer->lookahead;
    if (is_space(c)) {
      if (c == '\n') at_line_start = true;
      advance(lexer);
      continue;
    }
    if (c == '<') {
      if (has_body) lexer->mark_end(lexer);
      bool is_close = read_wxs_delimiter(lexer, &c) && c == '/';
      bool is_markup_line = at_line_start && (c == '/' || c == '!' || is_name_start(c));
      if (is_close || (scanner->flags & RAW_UNCLOSED && is_markup_line)) break;
    } else {
      advance(lexer);
    }
    has_body = true;
    at_line_start = false;
    if (at_end(lexer)) lexer->mark_end(lexer);
  }
  if (has_body) return found(lexer, RAW_TEXT);
  return scanner->flags & RAW_UNCLOSED && end_unclosed_raw_text(scanner, lexer);
}

/* Comments, entities, text */

/* After `<!--`. An unclosed comment runs to the end of the file, as in both compilers. */
static bool scan_comment(TSLexer *lexer) {
  unsigned dashes = 0;
  while (!at_end(lexer)) {
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (c == '>' && dashes >= 2) break;
    dashes = c == '-' ? dashes + 1 : 0;
  }
  lexer->mark_end(lexer);
  return found(lexer, COMMENT);
}

/* After `<!` before a letter. */
static bool scan_meta_tag(TSLexer *lexer) {
  while (!at_end(lexer) && lexer->lookahead != '>' && lexer->lookahead != '<') advance(lexer);
  if (lexer->lookahead == '>') advance(lexer);
  lexer->mark_end(lexer);
  return found(lexer, META_TAG);
}

/* At `&`: advances over a character reference that ends with `;`; false, somewhere inside it,
 * when there is none. */
static bool read_entity(TSLexer *lexer) {
  unsigned length = 0;
  advance(lexer);
  if (lexer->lookahead == '#') {
    advance(lexer);
    if (lexer->lookahead == 'x' || lexer->lookahead == 'X') {
      advance(lexer);
      for (; length < 6 && is_hex(lexer->lookahead); length++) advance(lexer);
    } else {
      for (; length < 7 && is_digit(lexer->lookahead); length++) advance(lexer);
    }
  } else if (is_alpha(lexer->lookahead)) {
    for (; length < 32 && (is_alpha(lexer->lookahead) || is_digit(lexer->lookahead)); length++) {
      advance(lexer);
    }
  }
  if (length == 0 || lexer->lookahead != ';') return false;
  advance(lexer);
  return true;
}

/* Text up to markup, an interpolation or an entity, without the white space at its end. Lone
 * `<`, `>`, `&`, `{`, `}` are text. `has_text` says that the caller consumed some already. */
static bool scan_text(Scanner *scanner, TSLexer *lexer, bool has_text) {
  if (has_text) lexer->mark_end(lexer);
  while (!at_end(lexer)) {
    int32_t c = lexer->lookahead;
    if (is_space(c)) {
      advance(lexer);
      continue;
    }
    if (c == '<') {
      advance(lexer);
      c = lexer->lookahead;
      if (c == '/' || is_name_start(c)) break;
      if (c == '!') {
        advance(lexer);
        if (is_alpha(lexer->lookahead)) break;
        if (lexer->lookahead == '-') {
          advance(lexer);
          if (lexer->lookahead == '-') break;
        }
      }
    } else if (c == '{') {
      advance(lexer);
      if (lexer->lookahead == '{') break;
    } else if (c == '&') {
      /* Looking ahead must not hide what follows a reference that turns out to be none. */
      if (!has_text) {
        if (read_entity(lexer)) {
          lexer->mark_end(lexer);
          scanner->flags = 0;
          return found(lexer, ENTITY);
        }
      } else if (read_entity(lexer)) {
        break;
      }
    } else {
      advance(lexer);
    }
    lexer->mark_end(lexer);
    has_text = true;
  }
  scanner->flags = 0;
  return has_text && found(lexer, TEXT);
}

/* Strings inside interpolations */

static inline int32_t value_quote(const Scanner *scanner) {
  if (scanner->flags & DOUBLE_QUOTED) return '"';
  return scanner->flags & SINGLE_QUOTED ? '\'' : 0;
}

/* How far a look ahead may pass over what could begin a look of its own. Beyond it, looks never
 * overlap: so all of them together take time in proportion to the text. */
enum { OVERLAP = 256 };

/* At a string's opening quote: advances past its close, or to the end of the line without one.
 * False, somewhere inside, when `{{` follows further than OVERLAP from where `length` began. */
static bool read_string(TSLexer *lexer, unsigned *length) {
  int32_t quote = lexer->lookahead;
  advance(lexer);
  while (!at_end(lexer) && lexer->lookahead != '\n') {
    int32_t c = lexer->lookahead;
    advance(lexer);
    ++*length;
    if (c == quote) return true;
    if (c == '{' && lexer->lookahead == '{' && *length > OVERLAP) return false;
    if (c == '\\' && !at_end(lexer)) advance(lexer);
  }
  return true;
}

static bool scan_string_start(const Scanner *scanner, TSLexer *lexer) {
  int32_t quote = lexer->lookahead, around = value_quote(scanner);
  if (quote == around) return false;
  advance(lexer);
  lexer->mark_end(lexer);
  while (!at_end(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == quote) return found(lexer, quote == '"' ? DOUBLE_STRING_START : SINGLE_STRING_START);
    if (c == '\n' || (around && c == around)) break;
    advance(lexer);
    if (c == '\\' && !at_end(lexer)) advance(lexer);
  }
  return false;
}

static bool scan_string_fragment(TSLexer *lexer, int32_t quote, enum TokenType token) {
  bool has_text = false;
  while (!at_end(lexer) && lexer->lookahead != quote && lexer->lookahead != '\\' &&
         lexer->lookahead != '\n') {
    advance(lexer);
    has_text = true;
  }
  lexer->mark_end(lexer);
  return has_text && found(lexer, token);
}

/* At a backslash in a string that `\"` began: in a `"` value the classic compiler drops the
 * backslash before it reads the expression, so that `\"` delimits strings. */
static bool scan_escaped_quote(const Scanner *scanner, TSLexer *lexer) {
  int32_t around = value_quote(scanner);
  advance(lexer);
  if (!around || lexer->lookahead != around) return false;
  advance(lexer);
  lexer->mark_end(lexer);
  return found(lexer, ESCAPED_QUOTE);
}

/* At the quote of `\"` in a value of such quotes: does another `\"` follow on the line? */
static bool scan_escaped_string_start(TSLexer *lexer, int32_t around) {
  advance(lexer);
  lexer->mark_end(lexer);
  while (!at_end(lexer) && lexer->lookahead != around && lexer->lookahead != '\n') {
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (c == '\\') {
      if (lexer->lookahead == around) return found(lexer, ESCAPED_QUOTE);
      if (!at_end(lexer)) advance(lexer);
    }
  }
  return false;
}

static bool scan_escaped_string_fragment(const Scanner *scanner, TSLexer *lexer) {
  int32_t around = value_quote(scanner);
  bool has_text = false;
  while (!at_end(lexer) && lexer->lookahead != around && lexer->lookahead != '\n') {
    lexer->mark_end(lexer);
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (c == '\\') {
      if (lexer->lookahead == around) return has_text && found(lexer, ESCAPED_STRING_FRAGMENT);
      if (!at_end(lexer)) advance(lexer);
    }
    has_text = true;
  }
  lexer->mark_end(lexer);
  return has_text && found(lexer, ESCAPED_STRING_FRAGMENT);
}

/* Interpolations */

/* After `{{`, outside quoted values: is there a `}}` before the place where the interpolation
 * cannot go on? */
static bool interpolation_closes(TSLexer *lexer) {
  unsigned length = 0;
  if (lexer->lookahead == '{') advance(lexer);
  while (!at_end(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '"' || c == '\'') {
      if (!read_string(lexer, &length)) return false;
      continue;
    }
    advance(lexer);
    length++;
    int32_t next = lexer->lookahead;
    if (c == '}' && next == '}') return true;
    if (c == '{' && next == '{') return false;
    if ((c == '<' && next == '/') || (c == '/' && next == '>')) return false;
  }
  return false;
}

/* At the second brace of `{{`, outside quoted values. */
static bool scan_interpolation_start(Scanner *scanner, TSLexer *lexer) {
  advance(lexer);
  lexer->mark_end(lexer);
  bool closes = interpolation_closes(lexer);
  scanner->flags = IN_INTERPOLATION | (closes ? 0 : INTERPOLATION_OPEN_ENDED);
  return found(lexer, INTERPOLATION_START);
}

static bool end_open_interpolation(Scanner *scanner, TSLexer *lexer) {
  scanner->flags &= (uint16_t)~(IN_INTERPOLATION | INTERPOLATION_OPEN_ENDED);
  return found(lexer, MISSING_INTERPOLATION_END);
}

/* Attributes */

static bool word_is(const char *word, unsigned length, const char *expected) {
  return strlen(expected) == length && memcmp(word, expected, length) == 0;
}

static bool is_one_of(const char *word, unsigned length, const char *const *words, unsigned count) {
  for (unsigned i = 0; i < count; i++) {
    if (word_is(word, length, words[i])) return true;
  }
  return false;
}

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof((array)[0])))

static bool is_event_prefix(const char *word, unsigned length) {
  static const char *const prefixes[] = {
      "bind", "capture-bind", "capture-catch", "capture-mut-bind", "catch", "mut-bind",
  };
  if (length < 4 || (word[length - 1] != 'd' && word[length - 1] != 'h')) return false;
  return is_one_of(word, length, prefixes, COUNT(prefixes));
}

/* Prefixes that take any name, `key` or `if` too, and so never make a control attribute. */
static bool is_family_prefix(const char *word, unsigned length) {
  static const char *const prefixes[] = {
      "change", "class", "data",  "extra-attr", "generic", "let",
      "mark",   "model", "slot", "style",      "worklet",
  };
  return is_one_of(word, length, prefixes, COUNT(prefixes));
}

static bool is_directive(const char *word, unsigned length) {
  static const char *const names[] = {
      "elif", "else", "for", "for-index", "for-item", "for-items", "if", "key",
  };
  return is_one_of(word, length, names, COUNT(names));
}

/* The prefix of a control or event attribute, marked as the token's end while the rest of the name
 * decides what it is. Plain names are left to the generated lexer, whose tokens are smaller, unless
 * the parser is recovering: then that lexer could not tell a name from an identifier. */
static bool scan_attribute_name(Scanner *scanner, TSLexer *lexer, bool recovering) {
  char word[24];
  unsigned length = 0, colon = 0;
  while (is_attribute_char(lexer->lookahead)) {
    int32_t c = lexer->lookahead;
    if (length < sizeof(word)) {
      if (is_event_prefix(word, length) && (is_name_start(c) || c == ':')) {
        lexer->mark_end(lexer);
        if (c == ':') {
          advance(lexer);
          if (!is_attribute_char(lexer->lookahead) || lexer->lookahead == ':') {
            colon = length;
            word[length++] = ':';
            continue;
          }
        }
        scanner->flags &= IN_END_TAG;
        return found(lexer, EVENT_PREFIX);
      }
      if (c == ':' && !colon && length > 0) {
        colon = length;
        lexer->mark_end(lexer);
      }
      word[length] = c < 0x80 ? (char)c : '\x7f';
    }
    length++;
    advance(lexer);
  }
  if (length == 0) return false;
  scanner->flags &= IN_END_TAG;
  if (colon && length > colon + 1 && is_alpha(word[0])) {
    bool is_control = word_is(word, colon, "wx") ||
                      (length <= sizeof(word) && !is_family_prefix(word, colon) &&
                       is_directive(word + colon + 1, length - colon - 1));
    if (is_control) return found(lexer, CONTROL_PREFIX);
  }
  lexer->mark_end(lexer);
  return recovering && found(lexer, ATTRIBUTE_NAME);
}

/* An unquoted value; it stands right after its `=`. `has_text` says that the caller consumed some
 * already. */
static bool scan_unquoted_value(Scanner *scanner, TSLexer *lexer, bool has_text) {
  if (has_text) lexer->mark_end(lexer);
  while (!at_end(lexer) && !is_space(lexer->lookahead)) {
    int32_t c = lexer->lookahead;
    if (c == '<' || c == '>' || c == '"' || c == '\'' || c == '=') break;
    lexer->mark_end(lexer);
    advance(lexer);
    int32_t next = lexer->lookahead;
    if ((c == '/' && next == '>') || (c == '{' && next == '{')) break;
    lexer->mark_end(lexer);
    has_text = true;
  }
  scanner->flags = 0;
  return has_text && found(lexer, ATTRIBUTE_VALUE);
}

/* After a blank in a value: does `name=` and a quote follow on its line, that is, another
 * attribute? */
static bool reads_as_attribute(TSLexer *lexer) {
  skip_blanks_ahead(lexer);
  if (!is_name_start(lexer->lookahead)) return false;
  while (is_name_char(lexer->lookahead)) advance(lexer);
  skip_blanks_ahead(lexer);
  if (lexer->lookahead != '=') return false;
  advance(lexer);
  skip_blanks_ahead(lexer);
  return lexer->lookahead == '"' || lexer->lookahead == '\'';
}

/* What was seen while looking for a value's closing quote. */
typedef struct {
  enum { NOTHING, SPACE, NAME, NAME_SPACE, EQUALS } seen;
  bool at_line_start;
  bool has_newline;
} Probe;

/* Advances over a character of a value; false if a line begins with markup there. */
static bool probe_character(Probe *probe, TSLexer *lexer, int32_t quote) {
  int32_t c = lexer->lookahead;
  advance(lexer);
  if (is_space(c)) {
    if (c == '\n') probe->at_line_start = probe->has_newline = true;
    if (probe->seen == NAME) probe->seen = NAME_SPACE;
    else if (probe->seen == NOTHING) probe->seen = SPACE;
    return true;
  }
  int32_t next = lexer->lookahead;
  if (c == '\\') {
    if (next == quote || next == '\\') advance(lexer);
  } else if (c == '<') {
    if (probe->at_line_start && (next == '/' || next == '!' || is_name_start(next))) return false;
  } else if (probe->seen == NAME || probe->seen == SPACE || probe->seen == NAME_SPACE) {
    probe->at_line_start = false;
    if (c == '=' && probe->seen != SPACE) probe->seen = EQUALS;
    else if (probe->seen == NAME ? !is_name_char(c) : !is_name_start(c)) probe->seen = NOTHING;
    else probe->seen = NAME;
    return true;
  }
  probe->at_line_start = false;
  probe->seen = NOTHING;
  return true;
}

/* At a value's quote: does it close the value? It does not when it reads as the opening quote of
 * another attribute, as the second in `a="1 b="2"`. */
static bool probe_quote(const Probe *probe, TSLexer *lexer) {
  if (probe->seen != EQUALS) return true;
  if (probe->has_newline) return false;
  advance(lexer);
  int32_t c = lexer->lookahead;
  return at_end(lexer) || is_space(c) || c == '>' || c == '/';
}

/* Looks for the close of a value. There is none when the file ends first, or when a line that
 * begins with markup does. A value may hold `\"`, as in the classic compiler. */
static bool probe_value(Probe *probe, TSLexer *lexer, int32_t quote) {
  while (!at_end(lexer)) {
    if (lexer->lookahead == quote) return probe_quote(probe, lexer);
    if (!probe_character(probe, lexer, quote)) return false;
  }
  return false;
}

static bool scan_value_interpolation_start(Scanner *scanner, TSLexer *lexer, uint16_t kind) {
  scanner->flags = (uint16_t)(kind | IN_INTERPOLATION);
  /* Short of a close, an interpolation goes no further than its line either. */
  if (kind & VALUE_OPEN_ENDED) scanner->flags |= INTERPOLATION_OPEN_ENDED;
  return found(lexer, INTERPOLATION_START);
}

/* A value, or what follows an interpolation in it, of which nobody looked yet whether it has a
 * close. Nearly always the answer comes with its text, and both make one token; else a zero-width
 * token records the answer. One word, or nothing, up to the close is left to the generated lexer,
 * whose tokens are smaller. */
static bool scan_unknown_value(Scanner *scanner, TSLexer *lexer, uint16_t quoted) {
  int32_t quote = quoted & DOUBLE_QUOTED ? '"' : '\'';
  Probe probe = {NOTHING, false, false};
  bool has_text = false, is_marked = false, would_end = false, is_closed = false, is_word = true;
  lexer->mark_end(lexer);
  while (!at_end(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == quote) {
      if (is_word) return false;
      if (probe.seen != EQUALS) {
        lexer->mark_end(lexer);
        scanner->flags = 0;
        return found(lexer, ATTRIBUTE_VALUE);
      }
      is_closed = probe_quote(&probe, lexer);
      break;
    }
    is_word = is_word && is_attribute_char(c) && c != '\\';
    if (c == '{') {
      /* Up to here it is text, with or without a close. */
      if (has_text && !would_end) {
        lexer->mark_end(lexer);
        is_marked = true;
      }
      probe_character(&probe, lexer, quote);
      if (lexer->lookahead == '{') {
        if (!has_text) {
          advance(lexer);
          lexer->mark_end(lexer);
          is_closed = probe_value(&probe, lexer, quote);
          return scan_value_interpolation_start(
              scanner, lexer,
              (uint16_t)(quoted | (is_closed ? VALUE_CLOSED : VALUE_OPEN_ENDED)));
        }
        if (!would_end) {
          scanner->flags = 0;
          return found(lexer, ATTRIBUTE_VALUE);
        }
        is_closed = probe_value(&probe, lexer, quote);
        break;
      }
    } else {
      if (c == '\n' || c == '\r' || c == '>' || c == '<') would_end = true;
      if (!probe_character(&probe, lexer, quote)) break;
    }
    has_text = true;
  }
  scanner->flags = (uint16_t)(quoted | (is_closed ? VALUE_CLOSED : VALUE_OPEN_ENDED));
  return found(lexer, is_marked ? ATTRIBUTE_VALUE : VALUE_KIND);
}

/* Literal text of a value that has a close, or an interpolation. */
static bool scan_closed_value(Scanner *scanner, TSLexer *lexer, int32_t quote) {
  bool has_text = false;
  while (!at_end(lexer) && lexer->lookahead != quote) {
    int32_t c = lexer->lookahead;
    lexer->mark_end(lexer);
    advance(lexer);
    if (c == '{' && lexer->lookahead == '{') {
      if (has_text) return found(lexer, ATTRIBUTE_VALUE);
      advance(lexer);
      lexer->mark_end(lexer);
      return scan_value_interpolation_start(scanner, lexer, scanner->flags);
    }
    if (c == '\\' && (lexer->lookahead == quote || lexer->lookahead == '\\')) advance(lexer);
    has_text = true;
  }
  lexer->mark_end(lexer);
  scanner->flags = 0;
  return has_text && found(lexer, ATTRIBUTE_VALUE);
}

/* Literal text of a value without a close, an interpolation, or the place where the value must
 * have been meant to end: the end of the line or of the tag, or where another attribute begins. */
static bool scan_open_ended_value(Scanner *scanner, TSLexer *lexer, int32_t quote) {
  bool has_text = false;
  lexer->mark_end(lexer);
  while (!at_end(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '\n' || c == '\r' || c == '>') break;
    advance(lexer);
    if (is_blank(c)) {
      if (reads_as_attribute(lexer)) break;
    } else {
      int32_t next = lexer->lookahead;
      if (c == '{' && next == '{') {
        if (has_text) break;
        advance(lexer);
        lexer->mark_end(lexer);
        return scan_value_interpolation_start(scanner, lexer, scanner->flags);
      }
      if (c == '/' && next == '>') break;
      if (c == '<' && (next == '/' || is_name_start(next))) break;
      if (c == '\\' && (next == quote || next == '\\')) advance(lexer);
    }
    has_text = true;
    lexer->mark_end(lexer);
  }
  if (has_text) return found(lexer, ATTRIBUTE_VALUE);
  scanner->flags = 0;
  return found(lexer, quote == '"' ? MISSING_DOUBLE_QUOTE : MISSING_SINGLE_QUOTE);
}

static bool scan_value(Scanner *scanner, TSLexer *lexer, uint16_t quoted) {
  if (scanner->flags & quoted) {
    int32_t quote = value_quote(scanner);
    if (scanner->flags & VALUE_CLOSED) return scan_closed_value(scanner, lexer, quote);
    if (scanner->flags & VALUE_OPEN_ENDED) return scan_open_ended_value(scanner, lexer, quote);
  }
  return scan_unknown_value(scanner, lexer, quoted);
}

/* At the `*` of a comment's start. Another start further than OVERLAP in it ends the look. */
static bool scan_block_comment(TSLexer *lexer, int32_t around, bool open_ended) {
  int32_t last = 0;
  advance(lexer);
  for (unsigned length = 0; !at_end(lexer); length++) {
    int32_t c = lexer->lookahead;
    if ((around && c == around) || (open_ended && c == '{')) return false;
    if (last == '/' && c == '*' && length > OVERLAP) return false;
    advance(lexer);
    if (last == '*' && c == '/') {
      lexer->mark_end(lexer);
      return found(lexer, BLOCK_COMMENT);
    }
    last = c;
  }
  return false;
}

/* At a backslash that begins no string: with the quote or backslash after it an error, so that a
 * quote that was escaped for one string is not taken for the start of another. */
static bool scan_stray_escape(TSLexer *lexer) {
  int32_t c = lexer->lookahead;
  if (c != '"' && c != '\'' && c != '\\') return false;
  advance(lexer);
  lexer->mark_end(lexer);
  return found(lexer, ERROR_SENTINEL);
}

/* Inside an interpolation, after white space was skipped. An open-ended one ends with its line;
 * any ends where the value, or the text around it, ends. */
static bool scan_in_interpolation(Scanner *scanner, TSLexer *lexer, const bool *valid,
                                  bool has_newline) {
  bool recovering = valid[ERROR_SENTINEL];
  bool open_ended = scanner->flags & INTERPOLATION_OPEN_ENDED;
  int32_t c = lexer->lookahead, around = value_quote(scanner);
  lexer->mark_end(lexer);
  if (around && c == around) {
    scanner->flags = 0;
    return found(lexer, MISSING_INTERPOLATION_END);
  }
  if (at_end(lexer) || (open_ended && has_newline)) return end_open_interpolation(scanner, lexer);
  switch (c) {
    case '}':
      if (!recovering && valid[CLOSING_BRACE]) return false;
      advance(lexer);
      if (lexer->lookahead != '}') {
        /* One brace where two are due: the interpolation ends, the brace is what follows it. */
        return !recovering && valid[INTERPOLATION_END] && end_open_interpolation(scanner, lexer);
      }
      advance(lexer);
      lexer->mark_end(lexer);
      scanner->flags &= (uint16_t)~(IN_INTERPOLATION | INTERPOLATION_OPEN_ENDED);
      if (around && lexer->lookahead == around) scanner->flags = 0;
      return found(lexer, INTERPOLATION_END);
    case '<':
      advance(lexer);
      if (lexer->lookahead == '=' || lexer->lookahead == '<') return false;
      if (!around || scanner->flags & VALUE_OPEN_ENDED) {
        if (lexer->lookahead == '/') return end_open_interpolation(scanner, lexer);
        if (open_ended && (lexer->lookahead == '!' || is_name_start(lexer->lookahead))) {
          return end_open_interpolation(scanner, lexer);
        }
      }
      lexer->mark_end(lexer);
      return found(lexer, LESS_THAN);
    case '/':
      advance(lexer);
      if (lexer->lookahead == '*') return scan_block_comment(lexer, around, open_ended);
      if (open_ended && lexer->lookahead == '>') return end_open_interpolation(scanner, lexer);
      return false;
    case '{':
      /* Two braces begin an operand, `{{{a: 1}}}` apart, nowhere. */
      if (!open_ended && !valid[INTERPOLATION_END]) return false;
      advance(lexer);
      if (lexer->lookahead == '{') return end_open_interpolation(scanner, lexer);
      return false;
    case '"':
    case '\'':
      if (scan_string_start(scanner, lexer)) return true;
      /* Skipped as an error: no quote here may pass for one that opens a value. */
      return found(lexer, ERROR_SENTINEL);
    case '\\':
      advance(lexer);
      if (around && lexer->lookahead == around) {
        return (recovering || valid[ESCAPED_QUOTE]) && scan_escaped_string_start(lexer, around);
      }
      return scan_stray_escape(lexer);
    default:
      return false;
  }
}

static bool cut_off_tag(Scanner *scanner, TSLexer *lexer) {
  scanner->flags = TAG_CUT_OFF;
  return found(lexer, MISSING_TAG_END);
}

/* Inside a start or end tag, after white space was skipped. */
static bool scan_in_tag(Scanner *scanner, TSLexer *lexer, const bool *valid, bool has_space) {
  bool recovering = valid[ERROR_SENTINEL];
  int32_t c = lexer->lookahead;
  lexer->mark_end(lexer);
  bool in_end_tag = scanner->flags & IN_END_TAG;
  bool takes_unquoted = valid[ATTRIBUTE_VALUE] && !has_space && !recovering;
  if (at_end(lexer)) return cut_off_tag(scanner, lexer);
  switch (c) {
    case '<':
      advance(lexer);
      c = lexer->lookahead;
      if (c == '!') {
        advance(lexer);
        if (lexer->lookahead != '-') return false;
        advance(lexer);
        if (lexer->lookahead != '-') return false;
        advance(lexer);
        return (recovering || valid[COMMENT]) && scan_comment(lexer);
      }
      if (c == '/' || is_name_start(c)) return cut_off_tag(scanner, lexer);
      /* No tag starts here: skipped as an error. */
      lexer->mark_end(lexer);
      return recovering && found(lexer, ERROR_SENTINEL);
    case '/':
      advance(lexer);
      if (lexer->lookahead != '>') {
        return takes_unquoted && scan_unquoted_value(scanner, lexer, true);
      }
      if (in_end_tag || (!recovering && !valid[SELF_CLOSING_DELIMITER])) return false;
      advance(lexer);
      lexer->mark_end(lexer);
      pop_name(scanner);
      scanner->flags = 0;
      return found(lexer, SELF_CLOSING_DELIMITER);
    case '{':
      advance(lexer);
      if (lexer->lookahead == '{') {
        return (recovering || valid[INTERPOLATION_START]) &&
               scan_interpolation_start(scanner, lexer);
      }
      return takes_unquoted && scan_unquoted_value(scanner, lexer, true);
    case '"':
    case '\'':
      return false;
    default:
      if (takes_unquoted) return scan_unquoted_value(scanner, lexer, false);
      return (recovering || valid[ATTRIBUTE_NAME]) && scan_attribute_name(scanner, lexer, recovering);
  }
}

/* Between tags, after white space was skipped. */
static bool scan_content(Scanner *scanner, TSLexer *lexer, const bool *valid) {
  lexer->mark_end(lexer);
  if (at_end(lexer)) {
    if (!valid[IMPLICIT_END_TAG] || !has_open_element(scanner)) return false;
    pop_name(scanner);
    scanner->flags = 0;
    return found(lexer, IMPLICIT_END_TAG);
  }
  switch (lexer->lookahead) {
    case '<':
      advance(lexer);
      if (is_name_start(lexer->lookahead)) return false;
      if (lexer->lookahead == '/') {
        if (!valid[IMPLICIT_END_TAG]) return false;
        advance(lexer);
        return scan_implicit_end_tag(scanner, lexer);
      }
      if (lexer->lookahead == '!') {
        advance(lexer);
        if (is_alpha(lexer->lookahead)) return scan_meta_tag(lexer);
        if (lexer->lookahead == '-') {
          advance(lexer);
          if (lexer->lookahead == '-') {
            advance(lexer);
            scanner->flags = 0;
            return scan_comment(lexer);
          }
        }
      }
      return scan_text(scanner, lexer, true);
    case '{':
      advance(lexer);
      if (lexer->lookahead == '{') return scan_interpolation_start(scanner, lexer);
      return scan_text(scanner, lexer, true);
    default:
      return scan_text(scanner, lexer, false);
  }
}

static bool scan(Scanner *scanner, TSLexer *lexer, const bool *valid) {
  bool recovering = valid[ERROR_SENTINEL];

  /* Where white space counts. */
  if (!recovering) {
    if (valid[RAW_TEXT_CLOSED]) return scan_raw_text_kind(scanner, lexer);
    if (valid[RAW_TEXT]) return scan_raw_text(scanner, lexer);
    if (valid[MISSING_DOUBLE_QUOTE]) return scan_value(scanner, lexer, DOUBLE_QUOTED);
    if (valid[MISSING_SINGLE_QUOTE]) return scan_value(scanner, lexer, SINGLE_QUOTED);
    if (valid[DOUBLE_STRING_FRAGMENT]) {
      return scan_string_fragment(lexer, '"', DOUBLE_STRING_FRAGMENT);
    }
    if (valid[SINGLE_STRING_FRAGMENT]) {
      return scan_string_fragment(lexer, '\'', SINGLE_STRING_FRAGMENT);
    }
    if (valid[ESCAPED_STRING_FRAGMENT]) {
      return lexer->lookahead == '\\' ? scan_escaped_quote(scanner, lexer)
                                      : scan_escaped_string_fragment(scanner, lexer);
    }
    if (valid[ESCAPED_QUOTE] && !valid[DOUBLE_STRING_START]) {
      return lexer->lookahead == '\\' && scan_escaped_quote(scanner, lexer);
    }
    if (valid[START_TAG_NAME]) return scan_start_tag_name(scanner, lexer);
  }

  bool has_space = false, has_newline = false;
  while (is_space(lexer->lookahead)) {
    has_space = true;
    if (lexer->lookahead == '\n') has_newline = true;
    skip(lexer);
  }

  if (scanner->flags & IN_INTERPOLATION) {
    return scan_in_interpolation(scanner, lexer, valid, has_newline);
  }
  if (recovering) return scan_in_tag(scanner, lexer, valid, has_space);
  if ((valid[END_TAG_NAME] || valid[ERRONEOUS_END_TAG_NAME]) && is_name_start(lexer->lookahead)) {
    return scan_end_tag_name(scanner, lexer, valid);
  }
  if (valid[MISSING_TAG_END]) return scan_in_tag(scanner, lexer, valid, has_space);
  if (valid[TEXT]) return scan_content(scanner, lexer, valid);
  if (valid[IMPLICIT_END_TAG] && scanner->flags & RAW_UNCLOSED) {
    int32_t first;
    lexer->mark_end(lexer);
    if (lexer->lookahead == '<' && read_wxs_delimiter(lexer, &first) && first == '/') return false;
    return end_unclosed_raw_text(scanner, lexer);
  }
  return false;
}

/* Interface to the runtime */

void *tree_sitter_wxml_external_scanner_create(void) { return ts_calloc(1, sizeof(Scanner)); }

void tree_sitter_wxml_external_scanner_destroy(void *payload) { ts_free(payload); }

bool tree_sitter_wxml_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  return payload && scan((Scanner *)payload, lexer, valid);
}

/* The state itself, up to the last name: what follows is 0. */
unsigned tree_sitter_wxml_external_scanner_serialize(void *payload, char *buffer) {
  const Scanner *scanner = (const Scanner *)payload;
  if (!scanner) return 0;
  unsigned size = (unsigned)offsetof(Scanner, names) + (scanner->halves + 1u) / 2;
  memcpy(buffer, scanner, size);
  return size;
}

void tree_sitter_wxml_external_scanner_deserialize(void *payload, const char *buffer,
                                                   unsigned length) {
  Scanner *scanner = (Scanner *)payload;
  if (!scanner) return;
  memset(scanner, 0, sizeof(*scanner));
  if (length > sizeof(*scanner)) return;
  memcpy(scanner, buffer, length);
}
