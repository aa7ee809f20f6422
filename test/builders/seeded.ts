import * as fc from 'fast-check'

// FC_SEED=... runs a failure again; without it every run looks elsewhere.
const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31))

const { seed: set } = fc.readConfigureGlobal()
if (set === undefined) {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
  console.log(`fast-check looks from seed ${seed}; FC_SEED=${seed} looks there again`)
}
