/** One open stream of `/me/live`. `onEnd` is called once, however it ends, unless `close` was called first. */
export type StreamOptions = {
  url: string;
  token: string;
  onOpen: () => void;
  onText: (text: string) => void;
  onEnd: () => void;
};

export type OpenStream = (options: StreamOptions) => { close: () => void };
