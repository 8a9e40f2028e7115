namespace EduAssist.Core;

public class ContractTests
{
    [Fact]
    public void The_contract_has_a_version() => Assert.True(Contract.Version >= 1);
}
