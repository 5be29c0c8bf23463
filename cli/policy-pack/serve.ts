import { listen } from "../engine/grpc-server";
import { analyzerService } from "./analyzer-service";

/** The pack as Pulumi starts it: a server that says on which port it is asked, until it is ended. */
void listen([analyzerService()]).then(({ address }) => {
  console.log(address.split(":")[1]);
});
