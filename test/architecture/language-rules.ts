import type { SourceFile } from './source-files.ts'

/** Past participles say what happened to a value, not what it is. */
const forbiddenNames =
  /^(?:told|kept|given|known|made|held|asked|wanted|seen|came|whoever|somebody|nobody|Told|Kept|Given|Known|Made|Held|Asked|Wanted|Seen|Needs)$/
/** A limit is `maxX` or `MAX_X`. */
const superlativeName = /^most[A-Z]/
/** A function's name is a verb phrase or `xOf`; a name that ends in another preposition needs its argument to be read. */
const prepositionName =
  /[a-z](?:About|After|Against|As|At|Before|Between|By|For|From|In|Into|On|Out|Over|To|Under|Up|With|Without)$/
// Phrasal verbs, the standard library's `groupBy` and its like, and functions that return an instant or an actor.
const allowedPrepositionNames = new Set([
  ...['SignIn', 'signIn', 'signOut', 'rollUp', 'waitForHangUp'],
  ...['groupBy', 'uniqueBy', 'daysBetween', 'nextUncountedAttemptAt', 'actorFor'],
])
const forbiddenWords = /\b(?:whoever|somebody|nobody|anew|shall|at best effort)\b/gi

const declarationForms = {
  name: /\b(?:const|let|var|function|class|type|interface)\s+([A-Za-z_$][\w$]*)/g,
  pattern: /\b(?:const|let|var)\s*([{[][^;]*?[}\]])\s*(?::[^=;]+)?=[^=>]/g,
  arrowParameters: /\(([^()]*)\)\s*(?::\s*[^=;{}()]+)?=>/g,
  functionParameters: /\bfunction\s*[\w$]*\s*(?:<[^(]*>)?\(([^()]*)\)/g,
}

/** Returns `path: name` for every declared name that the glossary forbids. */
export function findForbiddenNames({ path, source }: SourceFile): string[] {
  const code = blankTexts(source)
  const names = new Set(listDeclaredNames(code))
  const functionNames = new Set(
    [
      ...code.matchAll(
        /\bfunction\s+([\w$]+)|\bconst\s+([\w$]+)\s*=\s*(?:async\s*)?(?:\([^()]*\)|[\w$]+)\s*(?::[^=]+)?=>/g,
      ),
    ].map(([, declared, arrow]) => declared ?? arrow ?? ''),
  )
  const isForbidden = (name: string) =>
    forbiddenNames.test(name) ||
    superlativeName.test(name) ||
    (functionNames.has(name) && prepositionName.test(name) && !allowedPrepositionNames.has(name))
  return [...names].filter(isForbidden).map((name) => `${path}: ${name}`)
}

/** Returns `path: word` for every forbidden word in a comment. */
export function findForbiddenWords({ path, source }: SourceFile): string[] {
  const comments = [...source.matchAll(textOrComment)].map(([match]) => match).filter((match) => match.startsWith('/'))
  return comments.flatMap((comment) =>
    [...comment.matchAll(forbiddenWords)].map(([word]) => `${path}: ${word.toLowerCase()}`),
  )
}

/** Returns every exported type name that more than one file exports, with the files. */
export function findRepeatedTypeNames(files: readonly SourceFile[]): string[] {
  const pathsByName = new Map<string, string[]>()
  for (const { path, source } of files)
    for (const [, name = ''] of blankTexts(source).matchAll(/^export (?:declare )?(?:type|interface) (\w+)\b/gm))
      pathsByName.set(name, [...(pathsByName.get(name) ?? []), path])
  return [...pathsByName]
    .flatMap(([name, paths]) => (paths.length > 1 ? [`${name}: ${paths.join(', ')}`] : []))
    .toSorted()
}

function listDeclaredNames(code: string): string[] {
  const { name, ...lists } = declarationForms
  return [
    ...[...code.matchAll(name)].map(([, declared = '']) => declared),
    ...Object.values(lists).flatMap((form) =>
      [...code.matchAll(form)].flatMap(([, list = '']) => listBoundNames(list)),
    ),
  ]
}

/** The names that a destructuring pattern or a parameter list declares. */
function listBoundNames(list: string): string[] {
  const isPattern = /^\s*[{[]/.test(list)
  return list
    .replace(/[[\]{}]/g, ',')
    .split(',')
    .flatMap((part) => {
      const [first = '', second] = (part.split('=')[0] ?? '')
        .split(':')
        .map((text) => text.trim().replace(/^\.{3}|\?$/g, ''))
      // `key: local` in a pattern declares `local`, `name: Type` in a parameter list declares `name`.
      const declared = isPattern && second !== undefined && /^[a-z_$]/.test(second) ? second : first
      return /^[A-Za-z_$][\w$]*$/.test(declared) ? [declared] : []
    })
}

/** The source with comments removed and texts emptied. */
function blankTexts(source: string): string {
  return source.replace(textOrComment, (match) => (match.startsWith('/') ? '' : "''"))
}

const textOrComment = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
