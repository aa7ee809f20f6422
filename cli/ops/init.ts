import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { applyPart, comparePlan, type PlannedPart } from '#cli/init/apply-host-plan.ts'
import { askQuestions, createTerminalAsk, toFlag } from '#cli/init/ask-questions.ts'
import { describePlan, listNextSteps, listUndoSteps } from '#cli/init/describe-host-plan.ts'
import { findModeFault } from '#cli/init/find-mode-fault.ts'
import {
  listHostQuestions,
  type MachineSettings,
  normalizeSettings,
  parseEnvironment,
} from '#cli/init/host-settings.ts'
import { caddyFile, environmentFile, findPathFault, nginxFile, planHost, serviceUser } from '#cli/init/plan-host.ts'
import { formatExamples } from './format-examples.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from './require-confirmation.ts'
import { stop } from './stop.ts'

type InitOptions = Partial<MachineSettings> & ConfirmOptions & { root: string; dryRun?: true; json?: true }

const help = `
Without options it asks at the terminal; with --yes, or without a terminal, what is not passed has its default. The password of the
mail server can also come from the environment, as SMTP_URL, which keeps it out of "ps" output. Run it again to change a setting, or
to finish after an interruption: what is there already stays, and the environment file keeps settings that are not asked for.`

const base = new Command('init')
  .description('Prepare this machine for a host: user, folders, settings, systemd unit and proxy file. Asks first.')
  .option('--dry-run', 'print everything that would be written, without passwords, and write nothing')
  .option('--root <folder>', 'write below this folder, as for an image; creates no user there', '/')
  .option(...yesOption)
for (const { name, text, default: fallback } of listHostQuestions({}))
  base.option(`${toFlag(name)} <value>`, fallback ? `${text}; default: ${fallback}` : text)

export const init = base
  .addHelpText('after', help)
  .addHelpText(
    ...formatExamples(
      'init',
      'init --yes --public-url https://leads.example.org --mail-from leads@example.org --smtp-url smtps://mail.example --dry-run',
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: InitOptions = command.optsWithGlobals()
    const root = resolve(options.root)
    const program = { checkout: resolve(import.meta.dirname, '../..'), node: process.execPath }
    const files = [join(program.checkout, 'local/start.mjs'), program.node]
    const pathFault =
      root === '/' ? (findPathFault(program) ?? files.flatMap((file) => findModeFault(file) ?? [])[0]) : undefined
    if (pathFault !== undefined && !options.dryRun) stop({ title: pathFault })
    if (root === '/' && process.getuid?.() !== 0 && !options.dryRun)
      stop({ title: 'Run it as root (sudo), or pass --dry-run to see what it would write.' })
    const storedText = readIfThere(join(root, environmentFile))
    const current = parseEnvironment(storedText)
    const answers = await askQuestions(listHostQuestions(current, findUsualProxy(root)), {
      options: { ...options, smtpUrl: options.smtpUrl ?? process.env.SMTP_URL },
      ask: options.yes ? undefined : createTerminalAsk(),
    })
    const settings = normalizeSettings(answers)
    const machine = { root, hasUser, isOwned: (path: string) => root !== '/' || isOwnedByService(path) }
    const planned = comparePlan(planHost(settings, current, program), machine)
    const result = {
      planned,
      next: listNextSteps(settings, { root, planned, program }),
      undo: listUndoSteps(planned, root),
    }
    if (options.dryRun) {
      if (pathFault !== undefined) console.error(pathFault)
      printResult(result, { ...options, root })
      return
    }
    console.error(`${describePlan(planned, root)}\n`)
    const foreign = planned.flatMap(({ part, state }) => (state === 'foreign' && 'path' in part ? [part.path] : []))
    if (foreign.length > 0)
      stop({
        title: `Nothing was written: files of another user are in ${foreign.join(' and ')}. Name another folder, or run: chown -R ${serviceUser}:${serviceUser} ${foreign.join(' ')}`,
      })
    if (planned.some(({ state }) => state === 'create' || state === 'change'))
      await requireConfirmation(root === '/' ? 'Write this to this machine?' : `Write this below ${root}?`, options)
    for (const part of planned) apply(part, machine)
    printResult(result, { ...options, root })
  })

function apply(planned: PlannedPart, machine: Parameters<typeof applyPart>[1]): void {
  try {
    applyPart(planned, machine)
  } catch (error) {
    const place = 'path' in planned.part ? planned.part.path : `the user ${planned.part.name}`
    stop({
      title: `Could not make ${place}`,
      detail: `${error instanceof Error ? error.message : error}. What was made before it stays; run this again to continue.`,
    })
  }
}

type InitResult = { planned: readonly PlannedPart[]; next: readonly string[]; undo: readonly string[] }

function printResult({ planned, next, undo }: InitResult, { json, dryRun, root }: InitOptions): void {
  if (json) {
    const parts = planned.map(({ part, state }) => {
      const name = 'path' in part ? part.path : part.name
      return { kind: part.kind, name, state }
    })
    console.log(JSON.stringify({ written: dryRun !== true, parts, next, undo }))
  } else if (dryRun) {
    console.log(`${describePlan(planned, root)}\n\nNothing was written. Afterwards, run as root:\n\n${indent(next)}`)
  } else {
    console.log(`Ready. Run next, as root:\n\n${indent(next)}`)
    if (undo.length > 0) console.log(`\nTo undo what was made just now; data and backups stay:\n\n${indent(undo)}`)
  }
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n')
}

function hasUser(name: string): boolean {
  return spawnSync('id', ['-u', name], { stdio: 'ignore' }).status === 0
}

function isOwnedByService(path: string): boolean {
  const { stdout } = spawnSync('id', ['-u', serviceUser], { encoding: 'utf8' })
  return stdout.trim() !== '' && statSync(path).uid === Number(stdout)
}

/** The proxy of an earlier run, or else the one that is installed. */
function findUsualProxy(root: string): 'caddy' | 'nginx' | 'none' {
  const isThere = (path: string) => existsSync(join(root, path))
  if (isThere(caddyFile)) return 'caddy'
  if (isThere(nginxFile)) return 'nginx'
  if (isThere(environmentFile)) return 'none'
  return isThere('/etc/nginx') && !isThere('/etc/caddy') ? 'nginx' : 'caddy'
}

function readIfThere(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  } catch (error) {
    return stop({ title: `${path} cannot be read: ${error instanceof Error ? error.message : error}` })
  }
}
