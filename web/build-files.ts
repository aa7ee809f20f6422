import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, Plugin } from 'esbuild'
import { colorVariables } from './parts/colors.ts'
import { element } from './parts/element.ts'
import { toHtmlDocument } from './parts/to-html.ts'
import { webFiles } from './web-paths.ts'

/** `sources` are the paths of all files of the project that the built files are made from. */
export type WebBuild = { files: Map<string, string>; sources: string[] }

/** Builds the files that are served next to the API, by path: the widget as one module without dependencies, and the apps. */
export async function buildFiles(): Promise<WebBuild> {
  const { build, transform, stop } = await import('esbuild')

  // The widget carries its style sheets as text, because each of its components adopts them in a shadow tree.
  const cssAsText: Plugin = {
    name: 'css-as-text',
    setup({ onLoad }) {
      onLoad({ filter: /\.css$/ }, async ({ path }) => ({
        contents: (await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true })).code,
        loader: 'text',
      }))
    },
  }
  const bundles = await Promise.all([
    build({
      ...shared,
      // Pages of publishers are open in older browsers than the console and the portal.
      target: ['es2022', 'safari15'],
      entryPoints: { widget: resolvePath('widget/widget.ts') },
      plugins: [cssAsText],
    }),
    build({
      ...shared,
      entryPoints: {
        'web/console': resolvePath('console/console.tsx'),
        'web/portal': resolvePath('portal/portal.tsx'),
        'web/publisher': resolvePath('publisher/publisher.tsx'),
      },
      jsx: 'automatic',
      jsxImportSource: 'preact',
      banner: { css: await readSharedStyle(transform) },
    }),
  ])
  // Its child process would keep this process alive.
  await stop()
  const files = new Map([
    ...bundles.flatMap(({ outputFiles }) => outputFiles.map(({ path, text }) => [path, text] as const)),
    ['/console', renderShell('console', 'Console')],
    ['/portal', renderShell('portal', 'School portal')],
    ['/publisher', renderShell('publisher', 'Publisher page')],
  ])
  const missing = Object.keys(webFiles).filter((path) => !files.has(path))
  if (missing.length > 0) throw new Error(`Nothing was built for ${missing}.`)
  const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs))
  return { files, sources: listSources(inputs) }
}

/** The page of all components, for those who change them: only `npm start` builds and serves it. */
export async function buildDesignFiles(): Promise<Map<string, string>> {
  const { build, transform, stop } = await import('esbuild')
  const { outputFiles } = await build({
    ...shared,
    entryPoints: { 'web/design': resolvePath('design/design.tsx') },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    banner: { css: await readSharedStyle(transform) },
  })
  await stop()
  return new Map([
    ['/design', renderShell('design', 'Design')],
    ...outputFiles.map(({ path, text }) => [path, text] as const),
  ])
}

/** The sources of what no bundle lists: shared style and shells. A package changes with the lock file. */
const otherSources = [
  'package-lock.json',
  'web/build-files.ts',
  'web/parts/colors.ts',
  'web/parts/element.ts',
  'web/parts/parts.css',
  'web/parts/to-html.ts',
]

function listSources(inputs: readonly string[]): string[] {
  const own = inputs.filter((path) => !path.startsWith('node_modules/'))
  return [...new Set([...own, ...otherSources])].toSorted()
}

const shared = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir: '/',
  write: false,
  metafile: true,
  absWorkingDir: fileURLToPath(new URL('../', import.meta.url)),
} as const satisfies BuildOptions

async function readSharedStyle(transform: typeof import('esbuild').transform): Promise<string> {
  const partsStyle = await readFile(resolvePath('parts/parts.css'), 'utf8')
  return (await transform(`:root{${colorVariables}}${partsStyle}`, { loader: 'css', minify: true })).code
}

function renderShell(name: string, title: string): string {
  return toHtmlDocument({
    title: `${title} · Prospectus`,
    head: [
      element('meta', { name: 'color-scheme', content: 'light dark' }),
      element('meta', { name: 'robots', content: 'noindex' }),
      element('link', { rel: 'icon', href: 'data:,' }),
      element('link', { rel: 'stylesheet', href: `/web/${name}.css` }),
      element('script', { type: 'module', src: `/web/${name}.js` }),
    ],
    body: [
      element('div', { id: 'app' }),
      element('noscript', {}, element('p', {}, `The ${title.toLowerCase()} needs JavaScript.`)),
    ],
  })
}

function resolvePath(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
