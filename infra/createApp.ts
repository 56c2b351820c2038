import { App, type AppProps } from 'aws-cdk-lib/core';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };

/**
 * The one way to make an app, so that a deployed template and a local one obey the same feature flags: `cdk.json` is read
 * by the command line only. The library's version is pinned; what a new one recommends shows in `cdk diff`.
 */
export function createApp(props: AppProps = {}): App {
  // By itself an app would also synthesize when its process ends, in an error too.
  return new App({ autoSynth: false, ...props, context: { ...recommended, ...props.context } });
}
