/** What `lb-bus` uses of the package, which has no types of its own. */
declare module 'cli-progress' {
  interface Options {
    readonly format: string;
    readonly stream: NodeJS.WriteStream;
    readonly hideCursor: boolean;
    readonly clearOnComplete: boolean;
    readonly linewrap: boolean;
    readonly barsize: number;
  }

  interface SingleBar {
    start(total: number, value: number, payload: Readonly<Record<string, string>>): void;
    update(value: number, payload: Readonly<Record<string, string>>): void;
    stop(): void;
  }

  const _default: {
    readonly SingleBar: new (options: Options, preset: unknown) => SingleBar;
    readonly Presets: { readonly shades_classic: unknown };
  };
  export default _default;
}
