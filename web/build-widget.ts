import { fileURLToPath } from 'node:url'

/** The widget as the one file that pages load: a module without dependencies. */
export async function buildWidget(): Promise<string> {
  const { build, stop } = await import('esbuild')
  const built = await build({
    entryPoints: [fileURLToPath(new URL('./widget/widget.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  // Its process would stay as long as this one.
  await stop()
  return built.outputFiles.map(({ text }) => text).join('')
}
