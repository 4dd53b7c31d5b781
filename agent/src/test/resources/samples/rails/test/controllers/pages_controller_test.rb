require "test_helper"

class PagesControllerTest < ActionDispatch::IntegrationTest
  test "the start page asks for an address" do
    get root_url
    assert_select "a.button", "Get the first story free"
  end
end
