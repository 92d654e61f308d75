// A worker that all tabs of one user share: one stream to the server, whatever the number of tabs.
// A browser opens six connections to a server at most, and an open stream holds one of them.
const ports = new Set();
let source = null;

const tell = (fact) => { for (const port of ports) port.postMessage(fact); };

const listen = (address) => {
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource(address);
  source.onmessage = ({ data }) => tell(data);
  // Whatever was said while there was no stream.
  source.onopen = () => tell("call-changed");
};

addEventListener("connect", ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = ({ data }) => { if (data) listen(data); else ports.delete(port); };
});
