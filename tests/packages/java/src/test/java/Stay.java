import com.stytch.java.consumer.StytchClient;
import com.stytch.java.consumer.models.sessions.GetRequest;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchResult;
import stytchmock.StytchMockContainer;

/** Starts an emulator, says where it is, and stays; with --first it makes a first call of the vendor's SDK instead. */
public class Stay {
    public static void main(String[] arguments) throws Exception {
        var container = new StytchMockContainer();
        container.start();
        var mock = container.mock();
        if (arguments.length == 0) {
            System.out.println(mock.url());
            Thread.currentThread().join();
        }
        var client = new StytchClient(mock.projectId(), mock.secret(), new OptionalClientConfig(mock.url()));
        var request = new GetRequest("user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6");
        var result = client.getSessions().getCompletable(request).get();
        System.out.println(result instanceof StytchResult.Success<?> ? 200 : result);
        container.close();
        System.exit(0);
    }
}
