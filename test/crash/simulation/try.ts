import { faultsOf } from './oracle.ts'
import { settledTown } from './settled-town.ts'
import { runWorld } from './world.ts'

const town = await settledTown()
console.log(
  town.match.schools.map((s) => s.schoolId),
  town.rows.length,
)
for (let seed = Number(process.env.SEED ?? 1); seed <= Number(process.argv[2] ?? 3); seed++) {
  const t0 = Date.now()
  const w = await runWorld(town, {
    seed,
    leads: 200,
    ...(process.env.SEED && { watch: (l: string) => l.includes(process.env.ID ?? '') && console.log(l) }),
  })
  console.log((await faultsOf(w)).slice(0, 8))
  console.log(
    seed,
    Date.now() - t0,
    'ms',
    w.loop.trace(),
    (w.loop.now() - w.calmAt) / 3600e3,
    JSON.stringify(w.figures),
    'arr',
    w.schools.log.length,
    'receipts',
    w.visitors.filter((v) => v.receipt).length,
  )
}
