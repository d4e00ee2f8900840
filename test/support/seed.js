const fc = require('fast-check');

/** The same cases in each run of a commit, so that a red run means a changed program; FC_SEED=… tries others. */
fc.configureGlobal({seed: Number(process.env.FC_SEED ?? 3)});
