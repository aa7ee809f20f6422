import { fileURLToPath } from 'node:url'
import { colorVariables, partsStyle } from './parts/parts-style.ts'
import { webFiles } from './web-paths.ts'

/** Every file that is served beside the API, by its path. The widget is a module without dependencies. */
export async function buildFiles(): Promise<Map<string, string>> {
  const { build, stop } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: {
      widget: resolvePath('widget/widget.ts'),
      'web/console': resolvePath('console/console.tsx'),
      'web/portal': resolvePath('portal/portal.tsx'),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    banner: { css: `:root{${colorVariables}}${partsStyle}` },
    outdir: '/',
    write: false,
  })
  // Its process would stay as long as this one.
  await stop()
  const files = new Map([
    ...outputFiles.map(({ path, text }) => [path, text] as const),
    ['/console', renderShell('console', 'Console')],
    ['/portal', renderShell('portal', 'School portal')],
  ])
  const missing = Object.keys(webFiles).filter((path) => !files.has(path))
  if (missing.length > 0) throw new Error(`Nothing was built for ${missing}.`)
  return files
}

function renderShell(name: string, title: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Prospectus</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/web/${name}.css">
<script type="module" src="/web/${name}.js"></script>
<div id="app"></div>
<noscript><p>The ${title.toLowerCase()} needs JavaScript.</p></noscript>
</html>
`
}

function resolvePath(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
