import * as fc from 'fast-check'
import { testSeed } from '#test/test-seed.ts'

if (fc.readConfigureGlobal().seed === undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: testSeed() })
