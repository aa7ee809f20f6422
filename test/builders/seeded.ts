import * as fc from 'fast-check'

// FC_SEED=... repeats a run; without it every run has another seed.
const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31))

const { seed: set } = fc.readConfigureGlobal()
if (set === undefined) {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
  console.log(`fast-check seed ${seed}; FC_SEED=${seed} repeats it`)
}
