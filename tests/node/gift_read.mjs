// Reads a JSON array of GIFT texts on standard input and prints, for each, the questions that gift-pegjs
// finds in it, or its complaint. Many texts in one process: starting Node costs more than reading.
import fs from 'node:fs';
import parser from 'gift-pegjs';

const texts = JSON.parse(fs.readFileSync(0, 'utf8'));

function read(text) {
  try {
    return { questions: parser.parse(text) };
  } catch (error) {
    if (error.name !== 'SyntaxError') throw error;
    return { error: error.message, line: error.location.start.line, column: error.location.start.column };
  }
}

process.stdout.write(JSON.stringify(texts.map(read)));
