module.exports = grammar({ name: 'wxml', externals: $ => [$.raw_text], rules: { document: $ => repeat($.text), text: $ => /[^<]+/ } });
