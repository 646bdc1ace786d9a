<?php
// Reads a JSON array of Moodle XML files on standard input and prints, for each, what is in it, or a complaint.
// What Moodle runs on does the reading: PHP's SimpleXML, its trim(), PCRE, base64 and html_entity_decode().
declare(strict_types=1);

final class Fault extends Exception {}

// Where an answer of a blank ends: in many releases not behind an ampersand, in the latest behind one, too.
const ENDS = ['(?<!\\\\|&|&amp;)(?=[~#}]|$)', '(?<!\\\\)(?=[~#}]|$)'];
const SHARE = '=|%(-?[0-9]+(?:[.,][0-9]*)?)%';
const FEEDBACK = '#(.*?(?<!\\\\)(?=[~}]|$))';
const KINDS = 'NUMERICAL|NM|MULTICHOICE|MC|SHORTANSWER|SA|SHORTANSWER_C|SAC|MULTICHOICE_S|MCS';
const NUMBER = '-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?';
const COMBINED = ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback'];

function plain(?SimpleXMLElement $holder): string {
    if ($holder === null || !isset($holder->text)) {
        return '';
    }
    if (count($holder->text->children()) > 0) {
        throw new Fault('markup in a text');
    }
    return trim((string) $holder->text);
}

function files(SimpleXMLElement $holder, array &$files): void {
    foreach ($holder->file ?? [] as $file) {
        $data = base64_decode((string) $file, true);
        if ($data === false || (string) $file['encoding'] !== 'base64') {
            throw new Fault('a file that cannot be read');
        }
        $files[(string) $file['name']] = base64_encode($data);
    }
}

function rich(?SimpleXMLElement $holder, array &$files): string {
    if ($holder === null || count($holder) === 0) {
        return '';
    }
    if ((string) $holder['format'] !== 'html') {
        throw new Fault("{$holder->getName()} is not HTML");
    }
    files($holder, $files);
    return plain($holder);
}

function matched(string $pattern, string $text, ?array &$found): bool {
    $result = preg_match($pattern, $text, $found);
    if ($result === false) {
        throw new Fault('PCRE gives up: ' . preg_last_error_msg());
    }
    return $result === 1;
}

function decoded(string $text): string {
    $text = html_entity_decode($text, ENT_QUOTES, 'UTF-8');
    return str_replace(['\}', '\#'], ['}', '#'], $text);
}

function blanks(string &$text, string $ends): array {
    $answer = '(?:' . SHARE . ')?.+?' . $ends . '(?:' . FEEDBACK . ')?';
    $blank = '/\{([0-9]*):(' . KINDS . '):(?<answers>' . $answer . '(?:~' . $answer . ')*)\}/s';
    $blanks = [];
    while (matched($blank, $text, $found)) {
        $rest = $found['answers'];
        $answers = [];
        while (matched("/~?(?<share>" . SHARE . ")?(?<text>.+?$ends)(?<said>" . FEEDBACK . ')?/s', $rest, $one)) {
            $answers[] = blank_answer($one, $found[2]);
            $rest = substr($rest, strpos($rest, $one[0]) + strlen($one[0]));
        }
        $blanks[] = ['kind' => $found[2], 'mark' => (int) ($found[1] === '' ? '1' : $found[1]), 'answers' => $answers];
        $at = strpos($text, $found[0]);
        $text = substr($text, 0, $at) . '{#' . count($blanks) . '}' . substr($text, $at + strlen($found[0]));
    }
    return $blanks;
}

function blank_answer(array $one, string $kind): array {
    $share = $one['share'] ?? '';
    $earned = $share === '=' ? 100.0 : (float) str_replace(',', '.', trim($share, '%'));
    $said = decoded(substr($one['said'] ?? '', 1));
    if (($kind === 'NM' || $kind === 'NUMERICAL') && $one['text'] !== '*') {
        if (!matched('/^(' . NUMBER . ')(?::(' . NUMBER . '))?$/', $one['text'], $number)) {
            throw new Fault("no number: {$one['text']}");
        }
        return [$earned, $number[1], $said, (float) ($number[2] ?? '0')];
    }
    return [$earned, trim(decoded($one['text'])), $said, 0.0];
}

function question(SimpleXMLElement $node, array $category): array {
    $files = [];
    $kind = (string) $node['type'];
    $asked = rich($node->questiontext, $files);
    $blanks = [];
    if ($kind === 'cloze') {
        $other = $asked;
        $blanks = blanks($asked, ENDS[0]);
        if (blanks($other, ENDS[1]) !== $blanks || $other !== $asked) {
            throw new Fault('releases of Moodle disagree about a blank');
        }
    }
    $settings = [];
    foreach ($node->children() as $child) {
        if (count($child->children()) === 0) {
            $settings[$child->getName()] = (string) $child;
        }
    }
    $answers = [];
    foreach ($node->answer as $answer) {
        $text = in_array($kind, ['multichoice', 'ordering'], true) ? rich($answer, $files) : plain($answer);
        $tolerance = (float) ($answer->tolerance ?? '0');
        $answers[] = [(float) $answer['fraction'], $text, rich($answer->feedback, $files), $tolerance];
    }
    $pairs = [];
    foreach ($node->subquestion as $pair) {
        $pairs[] = [rich($pair, $files), plain($pair->answer)];
    }
    $tags = $hints = $units = $combined = [];
    foreach ($node->tags->tag ?? [] as $tag) {
        $tags[] = plain($tag);
    }
    foreach ($node->hint as $hint) {
        $hints[] = rich($hint, $files);
    }
    foreach ($node->units->unit ?? [] as $unit) {
        $units[] = (string) $unit->unit_name;
    }
    foreach (COMBINED as $name) {
        $combined[] = rich($node->$name, $files);
    }
    return [
        'category' => $category, 'kind' => $kind, 'name' => plain($node->name), 'text' => $asked,
        'general' => rich($node->generalfeedback, $files), 'mark' => (float) $node->defaultgrade,
        'penalty' => (float) $node->penalty, 'idnumber' => (string) $node->idnumber, 'tags' => $tags,
        'settings' => (object) $settings, 'answers' => $answers, 'pairs' => $pairs, 'units' => $units,
        'hints' => $hints, 'combined' => $combined, 'graders' => rich($node->graderinfo, $files),
        'blanks' => $blanks, 'files' => (object) $files,
    ];
}

function bank(string $xml): array {
    $root = simplexml_load_string($xml, SimpleXMLElement::class, LIBXML_NONET);
    if ($root === false) {
        throw new Fault(trim(libxml_get_last_error()->message ?? 'no XML'));
    }
    $category = [];
    $questions = $about = [];
    foreach ($root->question as $node) {
        if ((string) $node['type'] === 'category') {
            // A slash between names is a single one; two are a slash in a name.
            $names = preg_split('~(?<!/)/(?!/)~', plain($node->category));
            $names = array_map(fn(string $name): string => trim(str_replace('//', '/', $name)), $names);
            $category = $names[0] === 'top' && count($names) > 2 ? array_slice($names, 1) : $names;
            $none = [];
            $about[] = [$category, rich($node->info, $none)];
        } else {
            $questions[] = question($node, $category);
        }
    }
    return ['questions' => $questions, 'about' => $about];
}

libxml_use_internal_errors(true);
$banks = [];
foreach (json_decode(file_get_contents('php://stdin'), true, 512, JSON_THROW_ON_ERROR) as $xml) {
    try {
        $banks[] = bank($xml);
    } catch (Fault $fault) {
        $banks[] = ['error' => $fault->getMessage()];
    }
}
echo json_encode($banks, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION);
